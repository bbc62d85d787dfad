using Npgsql;
using Sluice.Core.Extraction;

namespace Sluice.Lake.PostgreSql;

/// <summary>Asks a server how busy it is.</summary>
internal static class PostgreSqlLoad
{
    // A standby that has replayed all it received is not behind, however long its primary has been idle; one that receives
    // nothing any more is.
    private const string ReplicaLag = """
        case
            when not pg_is_in_recovery() then null
            when exists (select 1 from pg_stat_wal_receiver)
                and pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
            else greatest(0, extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()))
        end::float8
        """;

    private const string Running = """
        (
            select count(*)::int from pg_stat_activity
            where state = 'active' and backend_type = 'client backend' and application_name <> 'sluice'
        )
        """;

    private const string Oldest = """
        least(
            (select min(xact_start) from pg_stat_activity where backend_xid is not null),
            (select min(prepared) from pg_prepared_xacts where database = current_database())
        )
        """;

    public static SourceLoad Read(NpgsqlConnection connection, PostgreSqlFlags flags)
    {
        var requested = flags.HasCheckpointer
            ? "(select num_requested from pg_stat_checkpointer)"
            : "(select checkpoints_req from pg_stat_bgwriter)";
        // Who may not see the other sessions would count none, and none is not what is known.
        var seen = flags.SeesActivity ? $"{Running}, {Oldest}" : "null::int, null::timestamptz";
        using var command = new NpgsqlCommand($"select {ReplicaLag}, {requested}, {seen}", connection);
        using var rows = command.ExecuteReader();
        rows.Read();
        return new(
            ReplicaLag: rows.IsDBNull(0) ? null : TimeSpan.FromSeconds(rows.GetDouble(0)),
            RunningThreads: rows.IsDBNull(2) ? null : rows.GetInt32(2),
            WritePressure: rows.IsDBNull(1) ? null : rows.GetInt64(1),
            OldestTransaction: rows.IsDBNull(3) ? null : rows.GetFieldValue<DateTimeOffset>(3)
        );
    }
}
