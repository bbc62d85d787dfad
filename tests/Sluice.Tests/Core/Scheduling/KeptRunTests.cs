using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Time;
using Sluice.Tests.Core.Scheduling.Service;

namespace Sluice.Tests.Core.Scheduling;

/// <summary>Runs that a process does by itself, kept in a store that others use.</summary>
public sealed class KeptRunTests : IAsyncDisposable
{
    private static readonly DataInterval Day = DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc);
    private static readonly DagDefinition Dag = new(
        "d",
        [new("x", new TaskWork.Shell("true"), []), new("y", new TaskWork.Shell("true"), ["x"])]
    );

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryRunStore _store;
    private readonly ConcurrentQueue<string> _told = new();

    public KeptRunTests() => _store = new(_clock);

    private DagRun? Kept => _store.Read(store => store.Find(Dag.Id, Day.Start));

    [Fact]
    public async Task What_came_of_it_is_in_the_store()
    {
        await Runner("me").RunAsync(Dag, Day, (_, _, _) => Task.FromResult(new TaskOutcome(Rows: 3)));

        Assert.Equal((RunKind.Manual, RunState.Success), (Kept!.Kind, Kept.State));
        Assert.Equal(TaskState.Success, Kept.Task("y").State);
    }

    [Fact]
    public async Task Who_comes_while_another_is_at_it_waits_and_then_does_it_again()
    {
        var (began, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = Runner("first")
            .RunAsync(
                Dag,
                Day,
                async (_, _, _) =>
                {
                    began.TrySetResult();
                    await end.Task;
                    return new();
                }
            );
        await began.Task.WaitAsync(Patience);
        var done = 0;
        var second = Runner("second")
            .RunAsync(
                Dag,
                Day,
                (_, _, _) =>
                {
                    done++;
                    return Task.FromResult(new TaskOutcome());
                }
            );

        Assert.Single(
            _told,
            text => text.Contains("another process is at the run of 2015-05-01 (first)", StringComparison.Ordinal)
        );
        Assert.Equal(0, done);
        end.SetResult();
        Assert.True((await first.WaitAsync(Patience)).Succeeded);
        Assert.True((await second.WaitAsync(Patience)).Succeeded);
        Assert.Equal(2, done);
        Assert.Equal(2, Kept!.Task("x").Tries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_gone_is_not_waited_for(bool isKnown)
    {
        Own("killed");
        if (!isKnown)
        {
            // Of another machine: its lease alone tells.
            _clock.Advance(TimeSpan.FromSeconds(31));
        }

        var result = await Runner("me", gone: isKnown ? "killed" : "").RunAsync(Dag, Day, Nothing).WaitAsync(Patience);

        Assert.True(result.Succeeded);
        Assert.DoesNotContain(_told, text => text.Contains("another process", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scheduler_leaves_a_run_to_its_owner_and_goes_on_with_it_when_that_is_gone()
    {
        Own("killed");
        var work = new ScriptedExecutor();
        using var stop = new CancellationTokenSource();
        var isGone = false;
        var scheduler = new Scheduler(
            new([Dag]),
            _store,
            work,
            new("scheduler") { IsGone = worker => worker == "killed" && Volatile.Read(ref isGone) },
            _clock
        ).RunAsync(stop: stop.Token);
        await UntilAsync(() => _store.Read(store => store.Workers().Any(worker => worker.Id == "scheduler")));
        Assert.Equal("killed", Kept!.Owner);
        Assert.DoesNotContain(_store.Read(store => store.Held()), held => held.Worker == "scheduler");

        Volatile.Write(ref isGone, true);
        var begun = work.BegunAsync(1);
        while (!begun.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(["d.x"], await begun);
        work.End("d.x");
        Assert.Equal(["d.y"], await work.BegunAsync(1));
        work.End("d.y");
        await UntilAsync(() => Kept!.State == RunState.Success);
        await stop.CancelAsync();
        await scheduler.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_run_that_is_stopped_has_failed_and_nobody_goes_on_with_it()
    {
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Runner("me")
                .RunAsync(
                    Dag,
                    Day,
                    async (_, _, token) =>
                    {
                        await stop.CancelAsync();
                        token.ThrowIfCancellationRequested();
                        return new();
                    },
                    cancellationToken: stop.Token
                )
        );

        Assert.Equal((RunState.Failed, null), (Kept!.State, Kept.Owner));
        Assert.Empty(_store.Read(store => store.Held()));
    }

    [Fact]
    public async Task A_fault_leaves_no_run_behind_that_seems_to_go_on()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Runner("me").RunAsync(Dag, Day, (_, _, _) => throw new InvalidOperationException())
        );

        Assert.Equal(RunState.Failed, Kept!.State);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static Task<TaskOutcome> Nothing(
        TaskDefinition task,
        IProgress<TaskProgress> progress,
        CancellationToken cancellationToken
    ) => Task.FromResult(new TaskOutcome());

    private DagRunner Runner(string worker, string gone = "") =>
        new(_clock, new Ears(_told)) { Keep = new(() => _store, worker, other => other == gone) };

    // As a process leaves it that was killed while x was at work.
    private void Own(string worker) =>
        _store.Write(store =>
        {
            store.Renew(worker, TimeSpan.FromSeconds(30));
            var run = new DagRun(Dag.Id, Day, RunKind.Manual) { Since = store.Now, Owner = worker }.Begin(store.Now);
            var x = run.Task("x").Become(TaskState.Queued, store.Now);
            store.Save(run.With("x", x.Start(store.Now, new(worker, store.NextToken()))));
            return 0;
        });

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Ears(ConcurrentQueue<string> told) : IProgress<TaskEvent>
    {
        public void Report(TaskEvent value)
        {
            if (value is TaskEvent.Noted noted)
            {
                told.Enqueue(noted.Text);
            }
        }
    }
}
