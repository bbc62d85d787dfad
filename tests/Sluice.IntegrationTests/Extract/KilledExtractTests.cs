using System.Globalization;
using Npgsql;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>
/// A live PostgreSQL table is extracted by the real binary, which is killed again and again while others insert, update and
/// delete. In the end, and after a reconcile, the lake is the source.
/// </summary>
public sealed class KilledExtractTests(PostgreSqlServer server)
{
    private const string First = "2015-05-01";
    private const string Second = "2015-05-02";

    [Theory]
    [InlineData(60_000, 6, 1)]
    [InlineData(60_000, 4, 3)]
    public Task An_extract_killed_again_and_again_loses_nothing_and_has_nothing_twice(
        int rows,
        int kills,
        int sessions
    ) => RunAsync(rows, kills, sessions);

    [Fact, Trait("Speed", "Slow")]
    public Task So_does_one_of_two_million_rows_killed_at_thirty_instants() => RunAsync(2_000_000, 30, 1);

    private async Task RunAsync(int rows, int kills, int sessions)
    {
        var database = server.CreateDatabase();
        database.Execute(
            $"""
            create table visits (id bigint primary key, page text not null, changed_at timestamptz not null);
            insert into visits select i, 'page ' || i % 97, timestamptz '2015-05-01 00:00+00' + i % 86000 * interval '1 second'
            from generate_series(1, {rows}) i;
            create index on visits (changed_at, id);
            analyze visits;
            """
        );
        using var project = Project(database, sessions, rows);
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(database, rows, stop.Token);
        var random = new Random(rows + kills + sessions);
        for (var kill = 0; kill < kills; kill++)
        {
            using var process = Cli.Start(project.Folder, "extract", "--date", First, "--quiet");
            // Long enough to be at work, too short to be done.
            process.WaitForExit(TimeSpan.FromMilliseconds(300 + random.Next(1500)));
            process.Kill();
            process.WaitForExit();
        }

        project.Run("extract", "--date", First).Done();
        await stop.CancelAsync();
        await writing;
        project.Run("extract", "--date", Second).Done();
        var reconciled = project.Run("extract", "reconcile", "visits").Done().Output;
        Assert.Contains(" 0 rows are missing in the lake", reconciled, StringComparison.Ordinal);
        Assert.Contains(" 0 rows are another in the source", reconciled, StringComparison.Ordinal);
        project.Run("model", "--date", Second).Done();

        Assert.Equal(
            Source(database),
            project.Query("select id || '|' || page || '|' || epoch_us(changed_at) from seen order by id")
        );
        Assert.Empty(
            project.Query(
                "select id from app.visits where _op = 'upsert' group by id, changed_at, page having count(*) > 1 limit 5"
            )
        );
        project.AssertNothingStaged();
    }

    // Others are at work until they are told to stop: rows come, move out of the window that is read, and go.
    private static async Task WriteAsync(PostgreSqlDatabase database, int rows, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        var random = new Random(rows);
        for (var turn = 1; !stop.IsCancellationRequested; turn++)
        {
            await using var command = connection.CreateCommand();
            var id = random.Next(1, rows);
            var instant = string.Create(
                CultureInfo.InvariantCulture,
                $"timestamptz '2015-05-02 00:00+00' + {turn} * interval '10 milliseconds'"
            );
            command.CommandText = (turn % 3) switch
            {
                0 => $"insert into visits values ({rows + turn}, 'new', {instant})",
                1 => $"update visits set page = 'changed', changed_at = {instant} where id = {id}",
                _ => $"delete from visits where id = {id}",
            };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private static List<string> Source(PostgreSqlDatabase database)
    {
        using var connection = new NpgsqlConnection(database.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "select id || '|' || page || '|' || (extract(epoch from changed_at) * 1000000)::bigint from visits order by id";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    // Slow enough to be killed in the middle.
    private static SluiceProject Project(PostgreSqlDatabase database, int sessions, int rows)
    {
        var project = database.CreateProject(
            "visits: {cursor: changed_at, key: id}",
            $"max_connections: {sessions}, max_rows_per_second: {rows / 6}"
        );
        project.Write("models/seen.sql", "select id, page, changed_at from {{ source('app', 'visits') }}");
        return project;
    }
}
