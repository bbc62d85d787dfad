using System.Globalization;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Service;

/// <summary>Runs that someone asks for.</summary>
public static class RunRequests
{
    // A backfill of more is a slip in a date.
    private const int MostRuns = 100_000;

    /// <summary>Makes a run, queued.</summary>
    /// <param name="store">The store.</param>
    /// <param name="dag">The DAG.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="parameters">Values for its <c>params</c>.</param>
    /// <exception cref="DefinitionException">
    /// The interval has a run, or is a piece of one of the schedule, or the DAG has no such parameter.
    /// </exception>
    public static DagRun Trigger(
        IRunTransaction store,
        DagDefinition dag,
        DataInterval interval,
        IReadOnlyDictionary<string, string> parameters
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(dag);
        ArgumentNullException.ThrowIfNull(parameters);
        if (store.Find(dag.Id, interval.Start) is { } there)
        {
            throw new DefinitionException(
                $"{dag.Id} has a run from {Text(interval.Start)}: {there.Id} is {there.State.ToName()}.",
                $"'sluice runs clear {dag.Id} {Text(interval.Start)}' runs it again."
            );
        }

        if (
            dag.Timetable.StartingAt(interval.Start) is { } scheduled
            && dag.Has(scheduled)
            && scheduled.End != interval.End
        )
        {
            throw new DefinitionException(
                $"The interval of {dag.Id} from {Text(scheduled.Start)} ends at {Text(scheduled.End)}: a run to {Text(interval.End)} would stand in its place.",
                $"Name it whole, --interval {Text(scheduled.Start)}/{Text(scheduled.End)}, or one that begins at another time."
            );
        }

        if (parameters.Keys.FirstOrDefault(name => !dag.Params.ContainsKey(name)) is { } unknown)
        {
            throw new DefinitionException(
                $"{dag.Id} has no parameter '{unknown}'.",
                Nearest.Suggest(unknown, dag.Params.Keys)
            );
        }

        var run = new DagRun(dag.Id, interval, RunKind.Manual) { Since = store.Now, Params = parameters };
        store.Save(run);
        return run;
    }

    /// <summary>The interval of a DAG that was over last.</summary>
    /// <exception cref="DefinitionException">There is none.</exception>
    public static DataInterval LastOf(DagDefinition dag, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(dag);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, dag.TimeZone).DateTime);
        return dag.Timetable is Timetables.ManualTimetable
            ? DataInterval.OfDay(today.AddDays(-1), dag.TimeZone)
            : dag.Timetable.LastEndedBy(now)
                ?? throw new DefinitionException(
                    $"{dag.Id} ({dag.Timetable.Text}) has no interval that is over.",
                    "Name one with --interval START/END."
                );
    }

    /// <summary>What a backfill does about the intervals that begin in a span.</summary>
    /// <param name="store">The store.</param>
    /// <param name="dag">The DAG.</param>
    /// <param name="from">The first start that counts.</param>
    /// <param name="before">The first that no longer does.</param>
    /// <param name="reprocess">What is done with runs that are there.</param>
    /// <exception cref="DefinitionException">The DAG has no schedule, or no interval in the span is over.</exception>
    public static IReadOnlyList<BackfillStep> PlanBackfill(
        IRunReader store,
        DagDefinition dag,
        DateTimeOffset from,
        DateTimeOffset before,
        Reprocess reprocess
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(dag);
        if (dag.Timetable is Timetables.ManualTimetable)
        {
            throw new DefinitionException(
                $"{dag.Id} has no schedule, and so no intervals to fill.",
                $"'sluice dags trigger {dag.Id} --date …' makes a run of it."
            );
        }

        var steps = new List<BackfillStep>();
        var next = dag.Timetable.FirstFrom(from);
        for (; next is { } interval && interval.Start < before; next = dag.Timetable.FirstFrom(interval.End))
        {
            if (interval.End > store.Now)
            {
                break;
            }

            if (!dag.Has(interval))
            {
                continue;
            }

            if (steps.Count == MostRuns)
            {
                throw new DefinitionException(
                    string.Create(CultureInfo.InvariantCulture, $"That is more than {MostRuns:N0} runs of {dag.Id}."),
                    "Fill a shorter span at a time."
                );
            }

            var run = store.Find(dag.Id, interval.Start);
            steps.Add(new(interval, run, ActionFor(run, reprocess)));
        }

        return steps.Count > 0
            ? steps
            : throw new DefinitionException(
                $"{dag.Id} has no interval that begins from {Text(from)} and before {Text(before)} and is over.",
                dag.StartDate > from || dag.EndDate < before
                        ? $"It has intervals from {Text(dag.StartDate)}{(dag.EndDate is { } end ? $" to {Text(end)}" : "")} (start_date, end_date)."
                    : next is { } later ? $"The next begins at {Text(later.Start)} and ends at {Text(later.End)}."
                    : $"Its schedule is {dag.Timetable.Text}."
            );
    }

    /// <summary>Does what was planned.</summary>
    /// <param name="store">The store.</param>
    /// <param name="dag">The DAG.</param>
    /// <param name="steps">What was planned.</param>
    /// <param name="clearing">Lets runs run again.</param>
    /// <returns>What is stale by it, in other DAGs.</returns>
    public static IReadOnlyList<StaleTasks> Backfill(
        IRunTransaction store,
        DagDefinition dag,
        IEnumerable<BackfillStep> steps,
        RunClearing clearing
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(dag);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(clearing);
        var (all, stale) = (dag.Tasks.Select(task => task.Id).ToList(), new List<StaleTasks>());
        foreach (var step in steps)
        {
            if (step.Action == BackfillAction.Create)
            {
                store.Save(new DagRun(dag.Id, step.Interval, RunKind.Backfill) { Since = store.Now });
            }
            else if (step.Action == BackfillAction.Clear)
            {
                stale.AddRange(clearing.Clear(store, step.Before!, all));
            }
        }

        return stale;
    }

    private static BackfillAction ActionFor(DagRun? run, Reprocess reprocess) =>
        run is null ? BackfillAction.Create
        : run.State == RunState.Failed && reprocess != Reprocess.None ? BackfillAction.Clear
        : run.State == RunState.Success && reprocess == Reprocess.Completed ? BackfillAction.Clear
        : BackfillAction.Leave;

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture);
}
