using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Service;

/// <summary>Finds what is not done by its deadline.</summary>
public static class Lateness
{
    /// <summary>
    /// Whether a DAG is late now: the latest interval whose deadline is over has not succeeded, also where its run failed or was
    /// never made, or a run that is not over was found late.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="dag">The DAG.</param>
    public static bool IsLate(IRunReader store, DagDefinition dag)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(dag);
        return dag.Deadline is { } deadline
            && (
                store.Active(dag.Id).Any(run => run.IsLate)
                || (
                    Expected(store, dag, Around(dag, deadline, store.Now).Last) is { } expected
                    && store.Find(dag.Id, expected.Start) is not { State: RunState.Success }
                )
            );
    }

    /// <summary>Looks at the interval of a DAG that was last expected to be done, and at all its runs that are not over.</summary>
    /// <param name="store">The store; late runs are marked in it.</param>
    /// <param name="dag">The DAG.</param>
    /// <returns>What is late and was not said to be, and when the next may be.</returns>
    internal static (IReadOnlyList<LateRun> Late, DateTimeOffset? WakeAt) Look(IRunTransaction store, DagDefinition dag)
    {
        if (dag.Deadline is not { } deadline)
        {
            return ([], null);
        }

        var late = new List<LateRun>();
        var wakes = new List<DateTimeOffset>();
        var (last, next) = Around(dag, deadline, store.Now);
        foreach (var run in store.Active(dag.Id).Where(run => !run.IsLate && IsExpected(run)))
        {
            if (deadline.Of(run.Interval) is var at && at > store.Now)
            {
                wakes.Add(at);
                continue;
            }

            Mark(run);
        }

        if (Expected(store, dag, last) is { } expected)
        {
            var run = store.Find(dag.Id, expected.Start);
            if (run is null && expected.Start != store.Dag(dag.Id).Missed)
            {
                store.SaveMissed(dag.Id, expected.Start);
                late.Add(new(dag, expected, deadline.Of(expected), null));
            }
            else if (run is { State: RunState.Failed, IsLate: false })
            {
                Mark(run);
            }
        }

        wakes.AddRange(next is { } coming && dag.Has(coming) ? [deadline.Of(coming)] : []);
        return (late, wakes.Count == 0 ? null : wakes.Min());

        // Of an interval that had no run in time it was said then.
        void Mark(DagRun run)
        {
            store.Save(run with { IsLate = true });
            if (run.Interval.Start != store.Dag(dag.Id).Missed)
            {
                late.Add(new(dag, run.Interval, deadline.Of(run.Interval), run));
            }
        }

        // A run that makes up for an old interval comes after its deadline, as everybody knows.
        bool IsExpected(DagRun run) => run.Kind == RunKind.Scheduled || run.Interval.Start >= last?.Start;
    }

    // What was over before the schedule's first run, or was left out without catchup, is expected by nobody.
    private static DataInterval? Expected(IRunReader store, DagDefinition dag, DataInterval? last) =>
        last is { } interval
        && dag.Has(interval)
        && store.Dag(dag.Id) is { IsPaused: false, Latest: { } latest }
        && (interval.Start > latest.Start || store.Find(dag.Id, interval.Start) is not null)
            ? interval
            : null;

    // The last interval whose deadline is over, and the one after it.
    private static (DataInterval? Last, DataInterval? Next) Around(
        DagDefinition dag,
        Deadline deadline,
        DateTimeOffset now
    )
    {
        var (interval, next) = (dag.Timetable.LastEndedBy(now), (DataInterval?)null);
        while (interval is { } found && deadline.Of(found) > now)
        {
            (next, interval) = (found, dag.Timetable.Containing(found.Start.AddTicks(-1)));
        }

        return (interval, next ?? (interval is { } last ? dag.Timetable.FirstFrom(last.End) : null));
    }
}
