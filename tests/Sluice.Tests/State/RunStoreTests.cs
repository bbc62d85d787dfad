using System.Globalization;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;

namespace Sluice.Tests.State;

/// <summary>What every run store promises.</summary>
public abstract class RunStoreTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    /// <summary>How many random histories a store is held against the one in memory with.</summary>
    protected virtual int Histories => 100;

    [Fact]
    public async Task It_agrees_with_the_store_in_memory_over_random_histories()
    {
        var histories =
            from steps in StoreStep.Any.List[1, 4]
            from fails in Gen.Frequency<bool>((4, Gen.Const(false)), (1, Gen.Const(true)))
            select (steps, fails);

        await histories
            .List[1, 12]
            .SampleAsync(
                async history =>
                {
                    await using var store = OpenNew(TimeProvider.System);
                    await using var model = new MemoryRunStore(TimeProvider.System);
                    foreach (var (steps, fails) in history)
                    {
                        Assert.Equal(Apply(model, steps, fails), Apply(store, steps, fails));
                        Assert.Equal(
                            model.Read(reader => reader.Describe(StoreStep.Dags)),
                            store.Read(reader => reader.Describe(StoreStep.Dags))
                        );
                    }
                },
                iter: Histories,
                threads: 1
            );
    }

    [Fact]
    public async Task A_run_is_read_as_it_was_saved_to_the_last_tick()
    {
        await using var store = OpenNew(TimeProvider.System);
        var at = StoredRuns.Midnight.AddTicks(1_234_567);
        var run = StoredRuns.Run("a", 0) with
        {
            Since = at,
            StartedAt = at.AddTicks(1),
            Owner = "host/7",
            IsLate = true,
            Params = new Dictionary<string, string> { ["n"] = "1", ["ü"] = "\"✓\"" },
            Tasks = new Dictionary<string, TaskInstance>
            {
                ["load"] = new(TaskState.UpForRetry, at.AddTicks(2))
                {
                    Tries = 3,
                    TriesBefore = 1,
                    RetryAt = at.AddTicks(3),
                    Claim = new("w", long.MaxValue),
                    StartedAt = at.AddTicks(4),
                    Losses = 2,
                    IsAgain = true,
                    IsStale = true,
                    Reason = "it's\nso",
                },
            },
        };

        store.Save(run);

        Assert.Equal(
            StoredRuns.Describe(run),
            StoredRuns.Describe(store.Read(reader => reader.Find("a", run.Interval.Start))!)
        );
    }

    [Fact]
    public async Task What_no_database_keeps_in_a_text_is_replaced()
    {
        await using var store = OpenNew(TimeProvider.System);

        store.Save(
            StoredRuns.Run("a", 0).With("load", StoredRuns.Task(TaskState.Failed) with { Reason = "a\0b \ud83d" })
        );

        var read = store.Read(reader => reader.Find("a", StoredRuns.Midnight))!;
        Assert.Equal("a\u2400b \ufffd", read.Task("load").Reason);
    }

    [Fact]
    public async Task An_exception_leaves_all_as_it_was()
    {
        await using var store = OpenNew(TimeProvider.System);
        store.Save(StoredRuns.Run("a", 0));
        var before = store.Read(reader => reader.Describe(StoreStep.Dags));

        Assert.Throws<FormatException>(() =>
            store.Write<int>(change =>
            {
                change.Save(StoredRuns.Run("a", 0, RunState.Failed));
                change.Save(StoredRuns.Run("b", 1));
                change.SavePaused("c", isPaused: true);
                change.Renew("w", Long);
                Assert.Equal(1, change.NextToken());
                throw new FormatException();
            })
        );

        Assert.Equal(before, store.Read(reader => reader.Describe(StoreStep.Dags)));
        Assert.Equal(1, store.Write(change => change.NextToken()));
    }

    [Fact]
    public async Task What_was_written_in_a_change_is_read_in_it()
    {
        await using var store = OpenNew(TimeProvider.System);

        store.Write(change =>
        {
            change.Save(StoredRuns.Run("a", 0).With("load", StoredRuns.Task(TaskState.Running, "w", 1)));
            change.Renew("w", Long);
            Assert.Single(change.Active("a"));
            Assert.Equal([new HeldSlot("a", StoredRuns.Midnight, "load", "w")], change.Held());
            Assert.Equal([new WorkerRecord("w", change.Now + Long)], change.Workers());
            Assert.Equal(["a"], change.ChangedSince(change.Change - 1));
            change.Save(StoredRuns.Run("a", 0, RunState.Success));
            Assert.Empty(change.Active("a"));
            Assert.Empty(change.Held());
            return true;
        });
    }

    [Fact]
    public async Task Only_what_differs_is_a_change()
    {
        await using var store = OpenNew(TimeProvider.System);
        store.Write(change =>
        {
            change.Save(StoredRuns.Run("a", 0));
            change.SaveLatest("a", StoredRuns.Hour(0));
            change.SavePaused("b", isPaused: true);
            change.Renew("w", Long);
            return true;
        });
        var known = store.Read(reader => reader.Change);

        store.Write(change =>
        {
            change.Save(StoredRuns.Run("a", 0));
            change.SaveLatest("a", StoredRuns.Hour(0));
            change.SavePaused("b", isPaused: true);
            change.SavePaused("c", isPaused: false);
            change.Renew("w", 2 * Long);
            change.Remove("v");
            return change.NextToken();
        });

        Assert.Equal(known, store.Read(reader => reader.Change));
        Assert.Empty(store.Read(reader => reader.ChangedSince(known)));
        Assert.Equal(["a", "b"], store.Read(reader => reader.ChangedSince(0)));
        store.Write(change =>
        {
            change.Remove("w");
            return true;
        });
        Assert.True(store.Read(reader => reader.Change) > known);
    }

    [Fact]
    public async Task Tokens_grow_and_are_never_drawn_twice()
    {
        await using var store = OpenNew(TimeProvider.System);

        Assert.Equal([1, 2], store.Write(change => new[] { change.NextToken(), change.NextToken() }));
        store.Write(change =>
        {
            change.RaiseTokens(40);
            change.RaiseTokens(7);
            return true;
        });

        Assert.Equal(41, store.Write(change => change.NextToken()));
    }

    [Fact]
    public async Task Changes_of_several_threads_are_one_after_the_other()
    {
        await using var store = OpenNew(TimeProvider.System);
        var tokens = new long[4][];

        await Parallel.ForAsync(
            0,
            tokens.Length,
            (thread, _) =>
            {
                tokens[thread] =
                [
                    .. Enumerable
                        .Range(0, 250)
                        .Select(_ =>
                            store.Write(change =>
                            {
                                change.Increment("a");
                                return change.NextToken();
                            })
                        ),
                ];
                return ValueTask.CompletedTask;
            }
        );

        Assert.Equal(1_000, store.Read(reader => reader.CountOf("a")));
        Assert.Equal(
            Enumerable.Range(1, 1_000).Select(token => (long)token),
            tokens.SelectMany(drawn => drawn).Order()
        );
        Assert.All(tokens, drawn => Assert.Equal(drawn.Order(), drawn));
    }

    [Fact]
    public async Task A_look_sees_one_state_whatever_is_written_meanwhile()
    {
        await using var store = OpenNew(TimeProvider.System);
        store.Save(StoredRuns.Run("a", 0), StoredRuns.Run("b", 0));

        store.Read(reader =>
        {
            var change = reader.Change;
            Assert.Equal(RunState.Running, reader.Find("a", StoredRuns.Midnight)!.State);
            store.Save(StoredRuns.Run("a", 0, RunState.Failed), StoredRuns.Run("b", 0, RunState.Failed));
            Assert.Equal(RunState.Running, reader.Find("b", StoredRuns.Midnight)!.State);
            Assert.Equal(change, reader.Change);
            return true;
        });

        Assert.Empty(store.Read(reader => reader.Active("b")));
    }

    [Fact]
    public async Task A_change_within_a_change_is_refused()
    {
        await using var store = OpenNew(TimeProvider.System);

        Assert.Throws<InvalidOperationException>(() => store.Write(_ => store.Write(change => change.NextToken())));

        Assert.Equal(1, store.Write(change => change.NextToken()));
    }

    [Fact]
    public async Task A_wait_ends_with_the_next_change()
    {
        await using var store = OpenNew(TimeProvider.System);
        var known = store.Read(reader => reader.Change);
        var wait = store.WaitAsync(known, Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
        Assert.False(wait.IsCompleted);

        store.Save(StoredRuns.Run("a", 0));

        await wait;
        await store.WaitAsync(known, Long, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_wait_ends_at_its_time_or_when_it_is_given_up()
    {
        var clock = new FakeTimeProvider(StoredRuns.Midnight);
        await using var store = OpenNew(clock);
        var known = store.Read(reader => reader.Change);
        using var stop = new CancellationTokenSource();
        var wait = store.WaitAsync(known, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        var given = store.WaitAsync(known, Timeout.InfiniteTimeSpan, stop.Token);
        clock.Advance(TimeSpan.FromMilliseconds(900));
        Assert.False(wait.IsCompleted);

        while (!wait.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.False(given.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
    }

    /// <summary>Opens a store that nothing is in.</summary>
    private protected abstract IRunStore OpenNew(TimeProvider clock);

    private static string Apply(IRunStore store, IReadOnlyList<StoreStep> steps, bool fails)
    {
        try
        {
            return store.Write(change =>
            {
                var drawn = string.Join(
                    ' ',
                    steps.Select(step =>
                        string.Create(CultureInfo.InvariantCulture, $"{step.Do(change)} {change.Change}")
                    )
                );
                // What is read in between is known to the change, too.
                drawn += change.Describe(StoreStep.Dags);
                return fails ? throw new FormatException() : drawn;
            });
        }
        catch (FormatException)
        {
            return "nothing";
        }
    }
}
