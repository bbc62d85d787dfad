using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Reconciling;

/// <summary>The statements that compare a scan of the source with the current rows of the log.</summary>
/// <param name="columns">The columns that both have, the key among them.</param>
/// <param name="log">How the log is read.</param>
/// <param name="within">The key whose ranges the scan was made of; null where it was all rows.</param>
internal sealed class ReconcileStatements(IReadOnlyList<string> columns, ChangeLog log, string? within)
{
    /// <summary>What the source has now.</summary>
    public static readonly TableId Scan = TableId.Raw("sluice_reconcile", "scan");

    /// <summary>What the log says.</summary>
    public static readonly TableId Current = TableId.Raw("sluice_reconcile", "current");

    /// <summary>Rows of the scan and of the log, and of each kind of difference.</summary>
    public string Counts =>
        $"""
            select (select count(*) from {SqlIdentifier.Quote(Scan)}), (select count(*) from {Log} c),
            (select count(*) from ({Missing})), (select count(*) from ({Changed})), (select count(*) from ({Deleted}))
            """;

    /// <summary>The rows to add to the log, in all its columns: what is missing or changed as it is, what is gone as a tombstone.</summary>
    /// <param name="keysOnly">Whether the scan has keys only, so that nothing but tombstones can be written.</param>
    /// <param name="firstSeq">The place of the first new row.</param>
    /// <param name="extractedAtMicros">When the source was read.</param>
    public string Repair(bool keysOnly, long firstSeq, long extractedAtMicros)
    {
        var upserts = $"{Missing} union all by name {Changed} union all by name ";
        return $"""
            select * replace (
                make_timestamp({extractedAtMicros}) at time zone 'UTC' as {RawColumns.ExtractedAt},
                cast(row_number() over () + {firstSeq - 1} as bigint) as {RawColumns.Seq}
            ) from (
                {(keysOnly ? "" : upserts)}
                select * exclude ({RawColumns.Op}, {RawColumns.Ds}), 'delete' as {RawColumns.Op} from ({Deleted})
            )
            """;
    }

    private string Log => within is null ? SqlIdentifier.Quote(Current) : DigestSql.Within(within);

    private string Missing => $"select s.* from {SqlIdentifier.Quote(Scan)} s anti join {Log} c on {SameKey}";

    private string Changed =>
        $"select s.* from {SqlIdentifier.Quote(Scan)} s join {Log} c on {SameKey} where {Differs}";

    private string Deleted => $"select c.* from {Log} c anti join {SqlIdentifier.Quote(Scan)} s on {SameKey}";

    private string SameKey =>
        string.Join(" and ", log.Key.Select(SqlIdentifier.Quote).Select(name => $"s.{name} = c.{name}"));

    private string Differs =>
        columns.Count == log.Key.Count
            ? "false"
            : string.Join(
                " or ",
                columns.Select(SqlIdentifier.Quote).Select(name => $"s.{name} is distinct from c.{name}")
            );
}
