using Microsoft.Extensions.Time.Testing;
using Sluice.Core.Extraction;
using Sluice.Core.Extraction.Throttling;
using Sluice.Core.Reconciling;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.DuckDb;
using Sluice.Lake.Delta;

namespace Sluice.Tests.Core.Extraction;

/// <summary>Several tries of one load at once: by their tokens one effect is there.</summary>
public sealed class FencedExtractTests : IDisposable
{
    private static readonly DataInterval Day = DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc);
    private static readonly TableId Id = TableId.Raw("app", "t");

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2015, 6, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly MemorySource _source;

    public FencedExtractTests()
    {
        _source = new MemorySource(_clock);
        for (var id = 0; id < 10; id++)
        {
            _source.Rows[id] = (Micros.From(Day.Start) + id, $"row {id}");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_load_writes_its_token(bool isLog)
    {
        var outcome = await RunAsync(isLog, 17);

        Assert.False(outcome.AlreadyDone);
        Assert.Equal(17, (await SnapshotAsync()).Transactions[TaskToken.ExtractOf(Day)]);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Who_comes_after_a_later_holder_is_refused(bool isLog, bool again)
    {
        await RunAsync(isLog, 17);

        var refused = await Assert.ThrowsAsync<TableConflictException>(() => RunAsync(isLog, 16, again));

        Assert.Contains("token 17, and this one has 16", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await SnapshotAsync()).Version);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Who_is_overtaken_while_it_works_changes_nothing(bool isLog, bool again)
    {
        var refused = await Assert.ThrowsAsync<TableConflictException>(() =>
            RunAsync(isLog, 16, again, meanwhile: () => RunAsync(isLog, 17))
        );

        Assert.Contains("token 17, and this one has 16", refused.Message, StringComparison.Ordinal);
        Assert.Equal((0, 10), ((await SnapshotAsync()).Version, (await SnapshotAsync()).Rows));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_later_holder_finds_done_what_an_earlier_one_did_while_it_worked(bool isLog)
    {
        var later = await RunAsync(isLog, 17, meanwhile: () => RunAsync(isLog, 16));

        Assert.True(later.AlreadyDone);
        Assert.Equal((0, 10), ((await SnapshotAsync()).Version, (await SnapshotAsync()).Rows));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_that_load_a_day_again_do_not_both_add_rows(bool isLog)
    {
        await RunAsync(isLog, 15);
        _source.Rows[99] = (Micros.From(Day.Start) + 99, "slipped in");

        await Assert.ThrowsAsync<TableConflictException>(() =>
            RunAsync(isLog, 17, again: true, meanwhile: () => RunAsync(isLog, 16, again: true))
        );

        Assert.Equal(11, (await SnapshotAsync()).Rows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_token_it_is_one_above_all_in_the_table(bool isLog)
    {
        await RunAsync(isLog, 17);

        await RunAsync(isLog, token: null, again: true);

        Assert.Equal(18, (await SnapshotAsync()).Transactions[TaskToken.ExtractOf(Day)]);
    }

    private async Task<LoadOutcome> RunAsync(bool isLog, long? token, bool again = false, Func<Task>? meanwhile = null)
    {
        var lake = new DeltaTableStore(_folder.Path, _clock);
        var store = new SlowStore(lake, meanwhile ?? (() => Task.CompletedTask));
        return await new TableExtract(
            _source,
            store,
            new LogMerge(new DuckDbEngine(new DuckDbOptions())),
            _clock
        ).RunAsync(
            new()
            {
                Name = "app",
                Kind = SourceKind.Sqlite,
                Throttle = new ThrottleSettings { MaxConnections = 1 },
            },
            new()
            {
                Name = "t",
                Mode = isLog ? LoadMode.Incremental : LoadMode.Snapshot,
                Cursor = isLog ? "at" : null,
                Key = ["id"],
            },
            Day,
            again,
            Throttle.None,
            fence: token,
            cancellationToken: TestContext.Current.CancellationToken
        );
    }

    private async Task<TableSnapshot> SnapshotAsync() =>
        (await new DeltaTableStore(_folder.Path, _clock).ReadAsync(Id))!;

    /// <summary>A lake in which something happens just before a commit.</summary>
    private sealed class SlowStore(ITableStore lake, Func<Task> meanwhile) : ITableStore
    {
        public IReadOnlyList<TableId> List() => lake.List();

        public Task<TableSnapshot?> ReadAsync(
            TableId table,
            long? version = null,
            CancellationToken cancellationToken = default
        ) => lake.ReadAsync(table, version, cancellationToken);

        public Task<IStagingArea> StageAsync(
            TableId table,
            string? name = null,
            CancellationToken cancellationToken = default
        ) => lake.StageAsync(table, name, cancellationToken);

        public async Task<long> CommitAsync(
            TableId table,
            TableCommit commit,
            CancellationToken cancellationToken = default
        )
        {
            await meanwhile();
            return await lake.CommitAsync(table, commit, cancellationToken);
        }

        public Task<long> RewriteAsync(
            TableId table,
            TableRewrite rewrite,
            CancellationToken cancellationToken = default
        ) => lake.RewriteAsync(table, rewrite, cancellationToken);
    }
}
