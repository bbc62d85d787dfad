using System.Data.Common;
using Sluice.Core.Extraction;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Lake;

/// <summary>Random tables come through the whole way, source, extract and lake, and two engines read from it what was inserted.</summary>
public sealed class RoundTripTests(PostgreSqlServer postgres, MariaDbServer mariaDb)
{
    private const int Tables = 8;

    [Theory]
    [InlineData(SourceKind.Sqlite, 1)]
    [InlineData(SourceKind.PostgreSql, 1)]
    [InlineData(SourceKind.MySql, 1)]
    public Task What_was_inserted_is_what_DuckDb_and_ClickHouse_read(SourceKind kind, int seed) => RunAsync(kind, seed);

    [Theory, Trait("Speed", "Slow")]
    [InlineData(SourceKind.Sqlite)]
    [InlineData(SourceKind.PostgreSql)]
    [InlineData(SourceKind.MySql)]
    public async Task So_it_is_for_more_seeds(SourceKind kind)
    {
        for (var seed = 2; seed < 12; seed++)
        {
            await RunAsync(kind, seed);
        }
    }

    private async Task RunAsync(SourceKind kind, int seed)
    {
        var random = new Random(seed);
        var tables = Enumerable.Range(0, Tables).Select(i => new RoundTripTable(kind, $"t{i}", random)).ToList();
        var names = tables.Select(table => $"{table.Name}: {{key: id}}").ToArray();
        var database = kind == SourceKind.Sqlite ? null : await kind.CreateAsync(postgres, mariaDb);
        using var project =
            database?.CreateProject(string.Join("\n      ", names)) ?? SluiceProject.Of("select 1", names);
        await using (DbConnection connection = database is null ? project.Connect() : await database.ConnectAsync())
        {
            foreach (var table in tables)
            {
                await table.CreateAsync(connection);
            }
        }

        project.Write("models/one.sql", "select 1 as one");
        project.RunDay();

        var theirs = ClickHouse.Ask(
            tables.Select(table =>
                table.Select(ClickHouse.Table(project, $"raw/app/{table.Name}"), forClickHouse: true)
            )
        );
        foreach (var (table, rows) in tables.Zip(theirs))
        {
            AssertSame(table, project.Query(table.Select($"app.{table.Name}", forClickHouse: false)), false, seed);
            AssertSame(table, rows, true, seed);
        }
    }

    private static void AssertSame(RoundTripTable table, IReadOnlyList<string> rows, bool forClickHouse, int seed)
    {
        var (wanted, found) = (table.Rows(forClickHouse), table.Normal(rows, forClickHouse));
        var wrong = wanted
            .Zip(found)
            .Where(row => row.First != row.Second)
            .Select(row => $"  {row.First}\n  {row.Second}")
            .Take(3);
        Assert.True(
            wanted.SequenceEqual(found),
            $"seed {seed}, {table.Name}, {(forClickHouse ? "ClickHouse" : "DuckDB")}: {wanted.Count} rows, {found.Count} read\n{string.Join('\n', wrong)}"
        );
    }
}
