using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Extraction.Throttling;
using Sluice.Core.Reconciling;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.DuckDb;
using Sluice.Lake.Delta;

namespace Sluice.Tests.Core.Extraction;

public sealed class TableExtractTests : IDisposable
{
    private const long Hour = 3_600_000_000;
    private static readonly DateOnly First = new(2015, 5, 1);

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2015, 6, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_failed_extract_goes_on_where_its_last_part_ended(int connections)
    {
        var source = Source(1000);
        var definition = Definition(connections);
        using var small = new SmallPages(_clock);
        source.FailsAtPage = 60;
        await Assert.ThrowsAsync<PipelineException>(() => RunAsync(source, definition, Snapshot(), 0, small));
        var before = source.Pages;

        source.FailsAtPage = null;
        var outcome = await RunAsync(source, definition, Snapshot(), 0, small);

        Assert.Equal(1000, outcome.Rows);
        Assert.Equal(Enumerable.Range(0, 1000).Select(id => (long)id), await IdsAsync());
        // 100 pages of 10 rows and the empty ones at the ends; what was kept was not read again.
        Assert.InRange(source.Pages - before, 40, 100 + connections - 20);
    }

    [Fact]
    public async Task Another_window_does_not_go_on_with_it()
    {
        var source = Source(100);
        using var small = new SmallPages(_clock);
        source.FailsAtPage = 6;
        await Assert.ThrowsAsync<PipelineException>(() => RunAsync(source, Definition(1), Snapshot(), 0, small));
        source.FailsAtPage = null;

        var outcome = await RunAsync(source, Definition(1), Snapshot(), 1, small);

        Assert.Equal(100, outcome.Rows);
    }

    [Theory]
    [InlineData(NullCursor.Exclude, 9)]
    [InlineData(NullCursor.Include, 10)]
    public async Task Rows_without_a_cursor_are_a_matter_of_policy(NullCursor policy, int rows)
    {
        var source = Source(10);
        source.Rows[3] = (null, "without");

        var outcome = await RunAsync(
            source,
            Definition(1),
            Incremental() with
            {
                NullCursor = policy,
            },
            20,
            Throttle.None
        );

        Assert.Equal(rows, outcome.Rows);
    }

    [Fact]
    public async Task By_default_they_stop_the_load()
    {
        var source = Source(10);
        source.Rows[3] = (null, "without");

        var failure = await Assert.ThrowsAsync<PipelineException>(() =>
            RunAsync(source, Definition(1), Incremental(), 20, Throttle.None)
        );

        Assert.StartsWith(
            "The cursor 'at' of raw/app/t is null in 1 rows or more",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_key_that_is_not_unique_is_refused()
    {
        var failure = await Assert.ThrowsAsync<PipelineException>(() =>
            RunAsync(Source(1), Definition(1), Incremental() with { Key = ["name"] }, 20, Throttle.None)
        );

        Assert.Equal("The key (name) of raw/app/t is not unique and not null in the source.", failure.Message);
        Assert.Equal("Use a key of the source: (id).", failure.Hint);
    }

    [Fact]
    public async Task A_table_cannot_become_a_log_of_changes_in_the_middle_of_its_copies()
    {
        var source = Source(10);
        await RunAsync(source, Definition(1), Snapshot(), 0, Throttle.None);

        var failure = await Assert.ThrowsAsync<PipelineException>(() =>
            RunAsync(source, Definition(1), Incremental(), 1, Throttle.None)
        );

        Assert.Equal("The table raw/app/t was loaded with mode: snapshot, and is incremental now.", failure.Message);
    }

    [Fact]
    public async Task Another_cursor_begins_at_its_own_beginning()
    {
        var source = Source(10);
        await RunAsync(source, Definition(1), Incremental(), 0, Throttle.None);

        var outcome = await RunAsync(source, Definition(1), Incremental() with { Cursor = "id" }, 1, Throttle.None);

        Assert.Equal(10, outcome.Rows);
    }

    [Theory]
    [InlineData(5, 0, true)]
    [InlineData(5, 6, false)]
    [InlineData(-1, 0, false)]
    public async Task A_transaction_that_may_still_add_rows_is_told(int hoursBeforeEnd, int lookback, bool isTold)
    {
        var source = Source(10);
        var since = IntervalOf(0).End.AddHours(-hoursBeforeEnd);
        source.Load = new SourceLoad(OldestTransaction: since);

        var outcome = await RunAsync(
            source,
            Definition(1),
            Incremental() with
            {
                Lookback = lookback * Hour,
            },
            0,
            Throttle.None
        );

        Assert.Equal(isTold ? since : null, outcome.OpenSince);
        Assert.Equal(
            isTold,
            LoadNote.Of(outcome)?.Contains("a transaction open since", StringComparison.Ordinal) == true
        );
    }

    [Fact]
    public async Task An_interval_that_the_sources_clock_has_not_passed_waits()
    {
        _clock.SetUtcNow(new DateTimeOffset(2015, 6, 2, 0, 1, 59, TimeSpan.Zero));

        var failure = await Assert.ThrowsAsync<PipelineException>(() =>
            RunAsync(Source(1), Definition(1), Snapshot(), 31, Throttle.None)
        );

        Assert.True(failure.IsTransient);
        Assert.EndsWith(
            "2015-06-01 can be loaded from 2015-06-02 00:02:00 UTC on.",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Values_are_hashed_and_masked_and_columns_renamed()
    {
        var source = new MemorySource(_clock);
        source.Rows[1] = (0, "abc");
        source.Rows[2] = (0, null);
        var table = Snapshot() with
        {
            Columns = new Dictionary<string, ColumnRule>
            {
                ["name"] = new()
                {
                    Type = ColumnKind.String,
                    IsHashed = true,
                    Salt = "s",
                    Rename = "who",
                },
                ["at"] = new() { IsExcluded = true },
            },
        };

        await RunAsync(source, Definition(1), table, 0, Throttle.None);

        Assert.Equal([$"1|{Sha("sabc")}", "2|"], await RowsAsync("select id, who from app.t order by id"));
    }

    [Fact]
    public async Task Every_day_of_a_changing_table_comes_out_as_the_source_was()
    {
        var gen = Gen.Select(
            Gen.Int[0, 12].Array[1, 40], // the day of each change
            Gen.Int[0, 15].Array[40], // the row it changes
            Gen.Int[1, 4], // connections
            Gen.Int[1, 5], // rows of a page
            Gen.Int[1, 30] // the page that fails
        );
        await gen.SampleAsync(
            async (days, ids, connections, rows, fails) =>
            {
                using var folder = new TempFolder();
                var source = new MemorySource(_clock);
                using var pages = new SmallPages(_clock, rows);
                var changes = days.Zip(ids).OrderBy(change => change.First).ToList();
                for (var day = 0; day <= 12; day += 1 + (fails % 3))
                {
                    // All that happened until the end of the day, and nothing after it.
                    source.Rows.Clear();
                    foreach (var (at, id) in changes.Where(change => change.First <= day))
                    {
                        source.Rows[id] = (Micros.From(IntervalOf(at).Start) + (id * Hour), $"{id} of {at}");
                    }

                    source.FailsAtPage = source.Pages + fails;
                    try
                    {
                        await RunAsync(source, Definition(connections), Incremental(), day, pages, folder);
                    }
                    catch (PipelineException)
                    {
                        await RunAsync(source, Definition(connections), Incremental(), day, pages, folder);
                    }

                    Assert.Equal(
                        source.Rows.OrderBy(row => row.Key).Select(row => $"{row.Key}|{row.Value.Name}"),
                        await RowsAsync("select id, name from app.t order by id", folder)
                    );
                }
            },
            iter: 60,
            threads: 1
        );
    }

    private static string Sha(string text) =>
        Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))
        );

    private MemorySource Source(int rows)
    {
        var source = new MemorySource(_clock);
        for (var id = 0; id < rows; id++)
        {
            source.Rows[id] = (Micros.From(IntervalOf(0).Start) + (id % 7), $"row {id}");
        }

        return source;
    }

    private static DataInterval IntervalOf(int day) => DataInterval.OfDay(First.AddDays(day), TimeZoneInfo.Utc);

    private static SourceDefinition Definition(int connections) =>
        new()
        {
            Name = "app",
            Kind = SourceKind.Sqlite,
            Throttle = new ThrottleSettings { MaxConnections = connections },
        };

    private static SourceTable Snapshot() => new() { Name = "t" };

    private static SourceTable Incremental() =>
        new()
        {
            Name = "t",
            Mode = LoadMode.Incremental,
            Cursor = "at",
            Key = ["id"],
        };

    private Task<LoadOutcome> RunAsync(
        MemorySource source,
        SourceDefinition definition,
        SourceTable table,
        int day,
        IThrottle throttle,
        TempFolder? folder = null
    ) =>
        new TableExtract(source, Store(folder), new LogMerge(new DuckDbEngine(new DuckDbOptions())), _clock).RunAsync(
            definition,
            table,
            IntervalOf(day),
            again: false,
            throttle
        );

    private DeltaTableStore Store(TempFolder? folder = null) => new((folder ?? _folder).Path, _clock);

    private async Task<IEnumerable<long>> IdsAsync() =>
        (await RowsAsync("select id, name from app.t order by id")).Select(row =>
            long.Parse(row.Split('|')[0], System.Globalization.CultureInfo.InvariantCulture)
        );

    private async Task<IReadOnlyList<string>> RowsAsync(string sql, TempFolder? folder = null)
    {
        var snapshot = (await Store(folder).ReadAsync(TableId.Raw("app", "t")))!;
        var relation = new SqlRelation(snapshot.Table, snapshot.Schema, snapshot.Files) { Log = snapshot.Log };
        await using var result = await new DuckDbEngine(new DuckDbOptions()).QueryAsync(
            new SqlQuery(sql, [relation]) { Subject = "test" }
        );
        var rows = new List<string>();
        while (await result.Rows.ReadAsync())
        {
            rows.Add($"{result.Rows.GetValue(0)}|{result.Rows.GetValue(1)}");
        }

        return rows;
    }
}
