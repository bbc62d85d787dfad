using Microsoft.Extensions.Time.Testing;
using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Scheduling;

public sealed class DagRunnerTests
{
    [Fact]
    public async Task Tasks_run_in_order() =>
        Assert.Equal("a:success b:success c:success", await RunAsync("a b<a c<a,b"));

    [Fact]
    public async Task What_follows_a_failure_does_not_start_and_the_rest_runs() =>
        Assert.Equal(
            "a:success b:failed c:upstream_failed d:upstream_failed e:success",
            await RunAsync("a b<a c<b d<a,c e<a", fails: "b")
        );

    [Fact]
    public async Task A_run_succeeded_when_every_task_did()
    {
        Assert.True((await Runner().RunAsync(Dag("a b"), Day, Work())).Succeeded);
        Assert.False((await Runner().RunAsync(Dag("a b"), Day, Work(fails: "a"))).Succeeded);
        Assert.True((await Runner().RunAsync(Dag(""), Day, Work())).Succeeded);
    }

    [Fact]
    public async Task What_happens_is_told_in_order()
    {
        await RunAsync("a b c<b", fails: "b");

        Assert.Equal(
            [
                "a started",
                "a at 10",
                "a at 20",
                "a success after 1 s: 20 rows",
                "b started",
                "b at 10",
                "b at 20",
                "b failed after 1 s: b broke",
                "c upstream_failed after 0 s",
            ],
            _told
        );
    }

    [Fact]
    public async Task Tasks_that_do_not_wait_for_each_other_run_side_by_side_up_to_the_limit()
    {
        var (now, most) = (0, 0);
        var two = new TaskCompletionSource();
        var runner = new DagRunner(_clock) { MaxActiveTasks = 2 };

        var result = await runner.RunAsync(
            Dag("a b c d<a,b,c"),
            Day,
            async (task, _, _) =>
            {
                var running = Interlocked.Increment(ref now);
                most = Math.Max(most, running);
                if (running == 2)
                {
                    two.TrySetResult();
                }

                // The first two meet here: one after the other, neither would go on.
                await (task.Id is "a" or "b" ? two.Task : Task.CompletedTask);
                Interlocked.Decrement(ref now);
                return new();
            }
        );

        Assert.True(result.Succeeded);
        Assert.Equal(2, most);
    }

    [Fact]
    public void What_waited_for_a_task_that_is_left_out_waits_for_what_that_one_waited_for() =>
        Assert.Equal(
            "a d<a",
            string.Join(
                ' ',
                Dag("a b<a c<a,b d<b,c")
                    .Keep(task => task.Id is "a" or "d")
                    .Tasks.Select(task =>
                        task.Upstream.Count == 0 ? task.Id : $"{task.Id}<{string.Join(',', task.Upstream)}"
                    )
            )
        );

    [Fact]
    public async Task A_cancelled_run_starts_nothing_more()
    {
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            Runner()
                .RunAsync(
                    Dag("a b c"),
                    Day,
                    async (task, _, token) =>
                    {
                        if (task.Id == "b")
                        {
                            await stop.CancelAsync();
                            Assert.True(token.IsCancellationRequested);
                        }

                        return new();
                    },
                    cancellationToken: stop.Token
                )
        );

        Assert.DoesNotContain("c started", _told);
        Assert.Contains("b started", _told);
    }

    [Fact]
    public async Task A_task_that_stops_for_the_cancellation_has_not_failed()
    {
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Runner()
                .RunAsync(
                    Dag("a b"),
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

        Assert.DoesNotContain(_told, text => text.Contains("failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_of_our_own_is_not_taken_for_a_failed_task() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Runner().RunAsync(Dag("a"), Day, (_, _, _) => throw new InvalidOperationException())
        );

    [Theory]
    [InlineData(typeof(DefinitionException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    public async Task Other_failures_that_have_words_for_the_user_fail_the_task(Type type)
    {
        Exception failure =
            type == typeof(DefinitionException)
                ? new DefinitionException("x")
                : (Exception)Activator.CreateInstance(type, "x")!;

        var result = await Runner().RunAsync(Dag("a"), Day, (_, _, _) => throw failure);

        Assert.Equal(TaskState.Failed, result.States["a"]);
    }

    private static readonly DataInterval Day = DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc);

    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _told = [];

    private DagRunner Runner() => new(_clock, new Ears(_told));

    private async Task<string> RunAsync(string tasks, string fails = "")
    {
        var result = await Runner().RunAsync(Dag(tasks), Day, Work(fails));
        return string.Join(' ', result.States.Select(state => $"{state.Key}:{state.Value.ToName()}"));
    }

    // Each task takes a second and gets to 20 rows.
    private Func<TaskDefinition, IProgress<TaskProgress>, CancellationToken, Task<TaskOutcome>> Work(
        string fails = ""
    ) =>
        (task, rows, _) =>
        {
            rows.Report(new(10));
            rows.Report(new(20));
            _clock.Advance(TimeSpan.FromSeconds(1));
            return fails.Split(' ').Contains(task.Id)
                ? throw new PipelineException($"{task.Id} broke")
                : Task.FromResult(new TaskOutcome(Rows: 20));
        };

    private static DagDefinition Dag(string tasks) =>
        new(
            "dag",
            [
                .. tasks
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(text => new TaskDefinition(
                        text.Split('<')[0],
                        new TaskWork.Shell("true"),
                        [.. text.Split('<').Skip(1).SelectMany(list => list.Split(','))]
                    )),
            ]
        );

    private sealed class Ears(List<string> told) : IProgress<TaskEvent>
    {
        public void Report(TaskEvent value) =>
            told.Add(
                $"{value.Task.Id} "
                    + value switch
                    {
                        TaskEvent.Started => "started",
                        TaskEvent.Advanced advanced => $"at {advanced.Progress.Rows}",
                        TaskEvent.Ended ended => $"{ended.State.ToName()} after {ended.Elapsed.TotalSeconds} s"
                            + (ended.Outcome is { } outcome ? $": {outcome.Rows} rows" : "")
                            + (ended.Failure is { } failure ? $": {failure.Message}" : ""),
                        _ => "?",
                    }
            );
    }
}
