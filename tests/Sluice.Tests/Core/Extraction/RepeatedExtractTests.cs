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

/// <summary>A day that is loaded again, or late, is merged into the log of changes: what the log says is not said twice.</summary>
public sealed class RepeatedExtractTests : IDisposable
{
    private static readonly DateOnly First = new(2015, 5, 1);
    private static readonly DuckDbEngine Engine = new(new DuckDbOptions());

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2015, 6, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly MemorySource _source;

    public RepeatedExtractTests()
    {
        _source = new MemorySource(_clock);
        for (var id = 0; id < 100; id++)
        {
            _source.Rows[id] = (At(0, id), $"row {id}");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_day_that_is_loaded_again_adds_only_what_the_log_does_not_say()
    {
        await RunAsync(0);
        _source.Rows[7] = (At(0, 7), "another");
        _source.Rows[500] = (At(0, 9), "slipped in");
        _source.Rows[8] = (At(0, 8), null);

        var again = await RunAsync(0, again: true);
        var once_more = await RunAsync(0, again: true);

        Assert.Equal((3, 0), (again.Rows, once_more.Rows));
        Assert.Equal(103, await CountAsync(current: false));
        Assert.Equal(["500|slipped in", "7|another", "8|"], await NewestAsync(3));
        Assert.Equal(101, await CountAsync(current: true));
    }

    [Fact]
    public async Task A_day_that_comes_late_adds_nothing_that_a_newer_one_has_read()
    {
        await RunAsync(0);
        _source.Rows[200] = (At(1, 1), "of the second day");
        // The third day is the first to see it; the second day, asked for late, finds it known.
        await RunAsync(2);

        var late = await RunAsync(1);

        Assert.Equal(0, late.Rows);
        Assert.Equal(101, await CountAsync(current: false));
    }

    [Fact]
    public async Task A_row_that_the_log_knows_as_deleted_comes_back()
    {
        await RunAsync(0);
        var row = _source.Rows[5];
        _source.Rows.Remove(5);
        await ReconcileAsync();
        _source.Rows[5] = row;

        var again = await RunAsync(0, again: true);

        Assert.Equal(1, again.Rows);
        Assert.Equal(100, await CountAsync(current: true));
    }

    [Fact]
    public async Task What_a_crash_left_after_the_commit_is_not_gone_on_with()
    {
        // A part is kept, then the next attempt commits and dies before it has cleaned up.
        _source.FailsAtPage = 6;
        using var small = new SmallPages(_clock);
        await Assert.ThrowsAsync<PipelineException>(() => RunAsync(0, again: true, throttle: small));
        _source.FailsAtPage = null;
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            RunAsync(0, again: true, throttle: small, store: new DyingStore(Store()))
        );
        Assert.Equal(100, await CountAsync(current: false));
        for (var id = 0; id < 100; id++)
        {
            _source.Rows[id] = (At(0, id), "new");
        }

        await RunAsync(0, again: true, throttle: small);

        Assert.Equal(100, await CountAsync(current: true, "name = 'new'"));
        Assert.Equal(200, await CountAsync(current: false));
    }

    private static long At(int day, int second) =>
        Micros.From(DataInterval.OfDay(First.AddDays(day), TimeZoneInfo.Utc).Start) + (second * 1_000_000L);

    private static SourceDefinition Definition =>
        new()
        {
            Name = "app",
            Kind = SourceKind.Sqlite,
            Throttle = new ThrottleSettings { MaxConnections = 1 },
        };

    private static SourceTable Table =>
        new()
        {
            Name = "t",
            Mode = LoadMode.Incremental,
            Cursor = "at",
            Key = ["id"],
        };

    private DeltaTableStore Store() => new(_folder.Path, _clock);

    private Task<LoadOutcome> RunAsync(
        int day,
        bool again = false,
        IThrottle? throttle = null,
        ITableStore? store = null
    ) =>
        new TableExtract(_source, store ?? Store(), new LogMerge(Engine), _clock).RunAsync(
            Definition,
            Table,
            DataInterval.OfDay(First.AddDays(day), TimeZoneInfo.Utc),
            again,
            throttle ?? Throttle.None
        );

    private Task<ReconcileOutcome> ReconcileAsync() =>
        new TableReconcile(_source, Store(), Engine, _clock).RunAsync(
            Definition,
            Table,
            TimeZoneInfo.Utc,
            keysOnly: false,
            dryRun: false,
            Throttle.None
        );

    private async Task<long> CountAsync(bool current, string condition = "true")
    {
        var rows = await RowsAsync($"select count(*), 0 from app.t where {condition}", current);
        return long.Parse(rows.Single().Split('|')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<IReadOnlyList<string>> NewestAsync(int rows) =>
        [
            .. (await RowsAsync($"select id, name from app.t order by _seq desc limit {rows}", current: false)).Order(
                StringComparer.Ordinal
            ),
        ];

    private async Task<IReadOnlyList<string>> RowsAsync(string sql, bool current)
    {
        var snapshot = (await Store().ReadAsync(TableId.Raw("app", "t")))!;
        var relation = new SqlRelation(snapshot.Table, snapshot.Schema, snapshot.Files)
        {
            Log = current ? snapshot.Log : null,
        };
        await using var result = await Engine.QueryAsync(new SqlQuery(sql, [relation]) { Subject = "test" });
        var rows = new List<string>();
        while (await result.ReadAsync())
        {
            rows.Add($"{result.Rows.GetValue(0)}|{result.Rows.GetValue(1)}");
        }

        return rows;
    }

    /// <summary>A lake whose process dies right after a commit.</summary>
    private sealed class DyingStore(ITableStore lake) : ITableStore
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
            await lake.CommitAsync(table, commit, cancellationToken);
            throw new InvalidOperationException("The process died.");
        }

        public Task<long> RewriteAsync(
            TableId table,
            TableRewrite rewrite,
            CancellationToken cancellationToken = default
        ) => lake.RewriteAsync(table, rewrite, cancellationToken);
    }
}
