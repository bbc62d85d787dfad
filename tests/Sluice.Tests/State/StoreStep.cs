using CsCheck;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;

namespace Sluice.Tests.State;

/// <summary>A change of a store for property tests.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Do">Does it; gives what it drew.</param>
internal sealed record StoreStep(string Name, Func<IRunTransaction, long> Do)
{
    public static readonly IReadOnlyList<string> Dags = ["a", "b", "ü-1"];

    private static readonly Gen<string> Texts = Gen.OneOf(
        "",
        "x",
        "it's",
        "ü ✓ 😀",
        "null\0",
        "half \ud83d",
        "a\r\nb",
        "%s @x $1"
    );

    private static readonly Gen<DateTimeOffset> Instants =
        from ticks in Gen.Long[-10_000_000_000_000_000, 90_000_000_000_000_000]
        from hours in Gen.Int[-12, 14]
        select DateTimeOffset.UnixEpoch.AddTicks(ticks).ToOffset(TimeSpan.FromHours(hours));

    private static readonly Gen<TaskInstance> Tasks =
        from state in Gen.Enum<TaskState>()
        from since in Instants
        from retryAt in Instants.Nullable()
        from startedAt in Instants.Nullable()
        from token in Gen.Long[0, long.MaxValue]
        from numbers in Gen.Int[0, 9].Array[3]
        from flags in Gen.Bool.Array[3]
        from reason in Texts.Null()
        select new TaskInstance(state, since)
        {
            Tries = numbers[0],
            TriesBefore = numbers[1],
            Losses = numbers[2],
            RetryAt = retryAt,
            StartedAt = startedAt,
            Claim = flags[0] ? new("worker 1", token) : null,
            IsAgain = flags[1],
            IsStale = flags[2],
            Reason = reason,
        };

    private static readonly Gen<DagRun> Runs =
        from dag in Gen.OneOf([.. Dags])
        from hour in Gen.Int[0, 5]
        from kind in Gen.Enum<RunKind>()
        from state in Gen.Enum<RunState>()
        from since in Instants
        from startedAt in Instants.Nullable()
        from owner in Texts.Where(text => !text.Contains('\0') && !text.Contains("half")).Null()
        from isLate in Gen.Bool
        from values in Gen.Dictionary(Gen.OneOf("p", "q", "r\0"), Texts)[0, 3]
        from tasks in Gen.Dictionary(Gen.OneOf("t1", "t2", "t3", "t4"), Tasks)[0, 4]
        select new DagRun(dag, StoredRuns.Hour(hour), kind)
        {
            State = state,
            Since = since,
            StartedAt = startedAt,
            Owner = owner,
            IsLate = isLate,
            Params = values,
            Tasks = tasks,
        };

    public static readonly Gen<StoreStep> Any = Gen.Frequency<StoreStep>(
        (4, Runs.Select(run => Of($"save {StoredRuns.Describe(run)}", change => change.Save(run)))),
        (
            3,
            from dag in Gen.OneOf([.. Dags])
            from hour in Gen.Int[0, 5]
            from task in Tasks
            from state in Gen.Enum<RunState>().Nullable()
            select Of(
                $"change {dag} {hour} {task}",
                change =>
                {
                    if (change.Find(dag, StoredRuns.Hour(hour).Start) is { } run)
                    {
                        change.Save(run.With("t1", task) with { State = state ?? run.State });
                    }
                }
            )
        ),
        (
            1,
            from dag in Gen.OneOf([.. Dags])
            from hour in Gen.Int[0, 5]
            select Of($"latest {dag} {hour}", change => change.SaveLatest(dag, StoredRuns.Hour(hour)))
        ),
        (
            1,
            from dag in Gen.OneOf([.. Dags])
            from hour in Gen.Int[0, 5]
            select Of($"missed {dag} {hour}", change => change.SaveMissed(dag, StoredRuns.Hour(hour).Start))
        ),
        (
            1,
            from dag in Gen.OneOf([.. Dags])
            from isPaused in Gen.Bool
            select Of($"paused {dag} {isPaused}", change => change.SavePaused(dag, isPaused))
        ),
        (1, Gen.Const(new StoreStep("token", change => change.NextToken()))),
        (1, Gen.Long[0, 100].Select(above => Of($"raise {above}", change => change.RaiseTokens(above)))),
        (
            1,
            Gen.OneOf("w1", "w2")
                .Select(worker => Of($"renew {worker}", change => change.Renew(worker, TimeSpan.FromSeconds(30))))
        ),
        (1, Gen.OneOf("w1", "w2").Select(worker => Of($"remove {worker}", change => change.Remove(worker))))
    );

    public override string ToString() => Name;

    private static StoreStep Of(string name, Action<IRunTransaction> act) =>
        new(
            name,
            change =>
            {
                act(change);
                return 0;
            }
        );
}
