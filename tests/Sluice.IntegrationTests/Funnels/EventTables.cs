using System.Globalization;
using DuckDB.NET.Data;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.IntegrationTests.Funnels;

/// <summary>Events and users as Parquet files that the engine reads like tables of the lake.</summary>
internal sealed class EventTables : IDisposable
{
    private static readonly TableSchema EventColumns = new([
        new("user_id", ColumnKind.String),
        new("session_id", ColumnKind.String),
        new("event", ColumnKind.String),
        new("occurred_at", ColumnKind.Timestamp),
        new("amount", ColumnKind.Long),
        new("properties", ColumnKind.String),
    ]);

    private static readonly TableSchema UserColumns = new([
        new("user_id", ColumnKind.String),
        new("sex", ColumnKind.String),
        new("joined", ColumnKind.Date),
    ]);

    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-funnels-").FullName;

    public EventTables(RandomEvents events, TimeZoneInfo zone)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(
            connection,
            "create table events (user_id varchar, session_id varchar, event varchar, occurred_at timestamptz, amount bigint, properties varchar)"
        );
        Execute(connection, "create table users (user_id varchar, sex varchar, joined date)");
        foreach (var chunk in events.Shuffled.Chunk(500))
        {
            Execute(connection, $"insert into events values {string.Join(", ", chunk.Select(Values))}");
        }

        foreach (var chunk in events.Users.Chunk(500))
        {
            Execute(connection, $"insert into users values {string.Join(", ", chunk.Select(Values))}");
        }

        Source = new()
        {
            Events =
            [
                new(
                    Save(connection, "events", EventColumns, events.Rows.Count),
                    new EventTable
                    {
                        Time = "occurred_at",
                        Session = "session_id",
                        Properties = "properties",
                    }
                ),
            ],
            Users = new(Save(connection, "users", UserColumns, events.Users.Count), new("users", "user_id")),
            Zone = zone,
            Provenance = new(),
        };
    }

    public FunnelSource Source { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SqlRelation Save(DuckDBConnection connection, string table, TableSchema schema, int rows)
    {
        var path = Path.Combine(_folder, $"{table}.parquet");
        Execute(connection, $"copy {table} to '{path}' (format parquet)");
        return new(
            TableId.Mart(table),
            schema,
            [
                new()
                {
                    Path = path,
                    Bytes = new FileInfo(path).Length,
                    Rows = rows,
                    Interval = "",
                },
            ]
        );
    }

    private static string Values(EventRow row) =>
        $"({Text(row.Unit)}, {Text(row.Session)}, {Text(row.Name)}, {(row.Micros is { } micros ? string.Create(CultureInfo.InvariantCulture, $"make_timestamptz({micros})") : "null")}, {row.Amount?.ToString(CultureInfo.InvariantCulture) ?? "null"}, {Text(row.Properties)})";

    private static string Values(UserProperties user) =>
        $"({Text(user.Key)}, {Text(user.Sex)}, {(user.Joined is { } joined ? string.Create(CultureInfo.InvariantCulture, $"date '{joined:yyyy-MM-dd}'") : "null")})";

    private static string Text(string? text) => text is null ? "null" : SqlIdentifier.Literal(text);

    private static void Execute(DuckDBConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
