using System.Globalization;
using MySqlConnector;
using Sluice.Core.Extraction;

namespace Sluice.Lake.MySql;

/// <summary>What a server tells of its own load, as far as the session may ask.</summary>
internal static class MySqlLoad
{
    private const string Status = """
        show global status where variable_name in ('Threads_running', 'Innodb_log_waits')
        """;

    // InnoDB tells the time of the server's own zone, whatever the session's is.
    private const string Oldest = """
        select date_format(convert_tz(min(trx_started), 'SYSTEM', '+00:00'), '%Y-%m-%dT%H:%i:%sZ')
        from information_schema.innodb_trx where trx_rows_modified > 0 and trx_mysql_thread_id <> connection_id()
        """;

    public static SourceLoad Read(MySqlConnection connection, MySqlServer server, CancellationToken cancellationToken)
    {
        var status = MySqlQuery
            .Read(
                connection,
                Status,
                [],
                row => (Name: (string)row[0], Value: long.Parse((string)row[1], CultureInfo.InvariantCulture)),
                cancellationToken
            )
            .ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.OrdinalIgnoreCase);
        return new(
            server.ShowsReplica ? Lag(connection, server, cancellationToken) : null,
            status.TryGetValue("Threads_running", out var running) ? (int)Math.Max(0, running - 1) : null,
            status.TryGetValue("Innodb_log_waits", out var waits) ? waits : null,
            server.ShowsTransactions ? OldestWriter(connection, cancellationToken) : null
        );
    }

    // The furthest behind of all that it follows; null where it follows none, or does not at the moment.
    private static TimeSpan? Lag(MySqlConnection connection, MySqlServer server, CancellationToken cancellationToken)
    {
        TimeSpan? greatest = null;
        using var command = new MySqlCommand(server.ReplicaStatus, connection);
        using var registration = MySqlCancel.Register(command, cancellationToken);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            for (var i = 0; i < rows.FieldCount; i++)
            {
                if (
                    rows.GetName(i) is "Seconds_Behind_Master" or "Seconds_Behind_Source"
                    && !rows.IsDBNull(i)
                    && TimeSpan.FromSeconds(rows.GetInt64(i)) is var lag
                    && (greatest is null || lag > greatest)
                )
                {
                    greatest = lag;
                }
            }
        }

        return greatest;
    }

    private static DateTimeOffset? OldestWriter(MySqlConnection connection, CancellationToken cancellationToken)
    {
        var found = MySqlQuery.Read(connection, Oldest, [], row => MySqlQuery.Text(row[0]), cancellationToken);
        return found is [{ } text]
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)
            : null;
    }
}
