using Sluice.Core;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.DuckDb;

namespace Sluice.IntegrationTests.Query;

/// <summary>Statements that share an open engine are as far apart as those that do not.</summary>
public sealed class SharedEngineTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("sluice-shared-").FullName;
    private readonly DuckDbEngine _engine = new(new DuckDbOptions { MemoryMiB = 256, Threads = 1 });

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_statement_sees_its_own_tables_and_not_those_of_the_one_before()
    {
        var (one, two) = (await TableAsync("one"), await TableAsync("two"));
        await using var shared = _engine.Share([one, two], folder: null);

        Assert.Equal("1", await AnswerAsync(shared, "select sum(x) from raw_a.one", one));
        Assert.Equal("1", await AnswerAsync(shared, "select sum(x) from raw_a.two", two));
        var failure = await Assert.ThrowsAsync<PipelineException>(() =>
            AnswerAsync(shared, "select sum(x) from raw_a.one", two)
        );

        Assert.Contains("one", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_session_adds_goes_with_it()
    {
        var one = await TableAsync("one");
        await using var shared = _engine.Share([one], folder: null);
        await using (var session = await shared.OpenAsync([]))
        {
            var given = new SqlRelation(one.Table, one.Schema, [])
            {
                Rows = [new Dictionary<string, object?> { ["x"] = 7L }],
            };
            await session.AddAsync(given, "the test");
            await using var rows = await session.QueryAsync("select x from raw_a.one", "the test");
            Assert.True(await rows.ReadAsync());
            Assert.Equal(7L, rows.Rows.GetInt64(0));
        }

        Assert.Equal("1", await AnswerAsync(shared, "select x from raw_a.one", one));
        await Assert.ThrowsAsync<PipelineException>(() => AnswerAsync(shared, "select x from raw_a.one"));
    }

    [Fact]
    public async Task A_division_by_zero_fails_where_the_statement_asks_for_it()
    {
        const string Text = "select x / 0 from (values (1)) as t(x)";
        await using var shared = _engine.Share([], folder: null);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal("Infinity", await AnswerAsync(shared, Text));
            var failure = await Assert.ThrowsAsync<PipelineException>(async () =>
            {
                await using var checking = await shared.OpenAsync([], checksArithmetic: true);
                await using var rows = await checking.QueryAsync(Text, "the test");
                await rows.ReadAsync();
            });
            Assert.Contains("division by zero", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_read_by_path_but_what_was_shared()
    {
        var (one, two) = (await TableAsync("one"), await TableAsync("two"));
        await using var shared = _engine.Share([one], folder: null);
        var path = SqlIdentifier.Literal(two.Files[0].Path);

        await Assert.ThrowsAsync<PipelineException>(() =>
            AnswerAsync(shared, $"select x from read_parquet({path})", one)
        );
        // A table from elsewhere is one of a statement by itself, which does not widen what the others read.
        Assert.Equal("1", await AnswerAsync(shared, "select x from raw_a.two", two));
        await Assert.ThrowsAsync<PipelineException>(() =>
            AnswerAsync(shared, $"select x from read_parquet({path})", one)
        );
    }

    [Fact]
    public async Task Rows_are_written_where_the_task_writes_and_elsewhere()
    {
        var one = await TableAsync("one");
        var (own, other) = (FolderOf("own"), FolderOf("other"));
        await using var shared = _engine.Share([one], own);
        var query = new SqlQuery("select x + 1 as x from raw_a.one", [one]);

        foreach (var folder in new[] { own, other })
        {
            var made = await shared.MaterializeAsync(query, folder, "rows");
            Assert.Equal(1, Assert.Single(made.Files).Rows);
            Assert.True(File.Exists(Path.Combine(folder, "rows.parquet")));
        }
    }

    private async Task<SqlRelation> TableAsync(string name)
    {
        var made = await _engine.MaterializeAsync(new("select 1::bigint as x", []), FolderOf(name), "rows");
        return new(TableId.Raw("raw_a", name), made.Schema, [.. made.Files.Select(file => file.AsDataFile())]);
    }

    private string FolderOf(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    private static async Task<string?> AnswerAsync(ISqlEngine engine, string text, params SqlRelation[] relations)
    {
        await using var rows = await engine.QueryAsync(new(text, relations));
        Assert.True(await rows.ReadAsync());
        return Convert.ToString(rows.Rows.GetValue(0), System.Globalization.CultureInfo.InvariantCulture);
    }
}
