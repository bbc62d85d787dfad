using Microsoft.Extensions.Time.Testing;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Scheduling.Timetables;

namespace Sluice.Tests.Core.Scheduling.Service;

/// <summary>The clock of the machine is set while a scheduler works.</summary>
public sealed class SetClockTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 30, TimeSpan.Zero);
    private static readonly TimeSpan AFewSeconds = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly FakeTimeProvider _right = new(Start);
    private readonly SetClock _clock;
    private readonly WatchedStore _store;
    private readonly ScriptedExecutor _work = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _scheduler = Task.CompletedTask;

    public SetClockTests()
    {
        _clock = new(_right);
        _store = new(_right, _clock);
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(-24 * 60)]
    public async Task A_clock_that_is_set_back_and_put_right_again_delays_a_run_by_no_more_than_a_few_seconds(
        int minutes
    )
    {
        await BeginAsync(new("me"));

        _clock.Offset = TimeSpan.FromMinutes(minutes);
        await PassAsync(Start.AddSeconds(14));
        _clock.Offset = TimeSpan.Zero;

        var due = Start.AddSeconds(30);
        Assert.InRange(await NextRunAsync(), due, due + AFewSeconds);
    }

    [Fact]
    public async Task A_clock_that_is_set_ahead_lets_a_run_begin_within_a_few_seconds()
    {
        await BeginAsync(new("me"));

        _clock.Offset = TimeSpan.FromMinutes(10);

        Assert.InRange(await NextRunAsync(), Start, Start + AFewSeconds);
    }

    [Fact]
    public async Task The_lease_is_renewed_while_the_clock_is_set_back_and_soon_after()
    {
        await BeginAsync(new("me") { Lease = TimeSpan.FromMinutes(1) });

        _clock.Offset = TimeSpan.FromHours(-1);
        await PassAsync(Start.AddMinutes(2));
        Assert.True(Worker() > _clock.GetUtcNow());
        _clock.Offset = TimeSpan.Zero;
        await PassAsync(Start.AddMinutes(2).AddSeconds(20));

        Assert.True(Worker() > _clock.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _scheduler.WaitAsync(Patience);
        _stop.Dispose();
        await _store.DisposeAsync();
    }

    // The run of the minute that is over is done when it returns.
    private async Task BeginAsync(SchedulerOptions options)
    {
        var dag = new DagDefinition("a", [new("x", new TaskWork.Shell("true"), [])])
        {
            Timetable = CronTimetable.Parse("* * * * *", TimeZoneInfo.Utc),
            StartDate = Start.AddDays(-1),
        };
        _scheduler = new Scheduler(new([dag]), _store, _work, options, _clock).RunAsync(stop: _stop.Token);
        await _work.BegunAsync(1);
        _work.End("a.x");
        while (_store.Read(IsNotDone) is { } change)
        {
            await _store.WaitAsync(change, Timeout.InfiniteTimeSpan, default).WaitAsync(Patience);
        }

        static long? IsNotDone(IRunReader store) =>
            store.Latest("a", 1)[0].State == RunState.Success ? null : store.Change;
    }

    // When by the right clock the next run was made.
    private async Task<DateTimeOffset> NextRunAsync()
    {
        var before = Last().Interval;
        while (true)
        {
            var due = await _store.IdleAsync(1).WaitAsync(Patience);
            if (Last().Interval != before)
            {
                return Last().StartedAt!.Value - _clock.Offset;
            }

            Advance(due);
        }
    }

    private async Task PassAsync(DateTimeOffset until)
    {
        while (_right.GetUtcNow() < until)
        {
            var due = await _store.IdleAsync(1).WaitAsync(Patience);
            Advance(due < until ? due : until);
        }

        await _store.IdleAsync(1).WaitAsync(Patience);
    }

    private void Advance(DateTimeOffset to)
    {
        if (to > _right.GetUtcNow())
        {
            _right.Advance(to - _right.GetUtcNow());
        }
    }

    private DagRun Last() => _store.Read(store => Assert.Single(store.Latest("a", 1)));

    private DateTimeOffset Worker() => _store.Read(store => Assert.Single(store.Workers()).LeaseUntil);
}
