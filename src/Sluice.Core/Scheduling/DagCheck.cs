using System.Globalization;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Timetables;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling;

/// <summary>What is wrong with a set of DAGs, found before any of them runs: a wait that can never end is refused here.</summary>
public static class DagCheck
{
    // Two calendars that have not met in so many intervals are taken not to meet.
    private const int MostIntervals = 1_000;

    /// <summary>All problems.</summary>
    /// <param name="dags">The DAGs, of different ids.</param>
    public static IReadOnlyList<DagProblem> Problems(IReadOnlyList<DagDefinition> dags)
    {
        ArgumentNullException.ThrowIfNull(dags);
        var byId = dags.ToDictionary(dag => dag.Id, StringComparer.Ordinal);
        var problems = dags.SelectMany(dag => dag.Tasks.SelectMany(task => OfTask(dag, task, byId))).ToList();
        // Where a target is not there, there is no telling what waits for what.
        return problems.Count > 0 ? problems : [.. Cycles(dags, byId)];
    }

    private static IEnumerable<DagProblem> OfTask(
        DagDefinition dag,
        TaskDefinition task,
        Dictionary<string, DagDefinition> dags
    )
    {
        if (task.Work is not TaskWork.WaitFor wait)
        {
            yield break;
        }

        if (!dags.TryGetValue(wait.DagId, out var other))
        {
            yield return new(
                dag.Id,
                task.Id,
                $"there is no DAG '{wait.DagId}' to wait for.",
                Nearest.Suggest(wait.DagId, dags.Keys.Where(id => id != dag.Id))
            );
        }
        else if (wait.TaskId is { } target && !other.Tasks.Any(known => known.Id == target))
        {
            yield return new(
                dag.Id,
                task.Id,
                $"the DAG '{other.Id}' has no task '{target}' to wait for.",
                Nearest.Suggest(target, other.Tasks.Select(known => known.Id))
            );
        }
        else if (
            (
                UnlikePair(dag, task, wait, other)
                ?? NeverMeet(dag, task, wait, other)
                ?? NoLongerMeet(dag, task, wait, other)
            ) is
            { } never
        )
        {
            yield return never;
        }
    }

    // The wait of the pair is not written by anybody, so that nobody can give it an offset.
    private static DagProblem? UnlikePair(
        DagDefinition dag,
        TaskDefinition task,
        TaskWork.WaitFor wait,
        DagDefinition other
    )
    {
        var isPair = dag.Id == DefaultDags.DimensionModeling && ReferenceEquals(wait, DefaultDags.WaitForLoads);
        var isAlike =
            dag.Timetable.Text == other.Timetable.Text
            && dag.TimeZone.Equals(other.TimeZone)
            && dag.StartDate >= other.StartDate;
        return !isPair || isAlike
            ? null
            : new(
                dag.Id,
                task.Id,
                $"it builds what '{other.Id}' loads for the same interval, and their intervals differ: "
                    + $"'{dag.Id}' has {Calendar(dag)}, '{other.Id}' {Calendar(other)}.",
                $"Write the same schedule, timezone and start_date for both, under dags: {dag.Id} and dags: {other.Id}."
            );
    }

    private static string Calendar(DagDefinition dag) =>
        $"{dag.Timetable.Text} in {dag.TimeZone.Id}"
        + (dag.StartDate == DateTimeOffset.UnixEpoch ? "" : $" from {Name(dag.StartDate)}");

    private static DagProblem? NeverMeet(
        DagDefinition dag,
        TaskDefinition task,
        TaskWork.WaitFor wait,
        DagDefinition other
    )
    {
        if (dag.Timetable is ManualTimetable || other.Timetable is ManualTimetable)
        {
            return null;
        }

        // Runs before the other DAG begins are none that could meet one of its.
        var both = new[] { dag.StartDate, other.StartDate + wait.Offset }.Max();
        var first = dag.Timetable.FirstFrom(both) is { } late && dag.Has(late) ? late : dag.NextInterval(null);
        var next = first;
        for (var i = 0; i < MostIntervals && next is { } own; i++, next = dag.NextInterval(own))
        {
            if (WaitJudge.TargetOf(wait, own, other) is not null)
            {
                return null;
            }
        }

        return first is not { } begin
            ? null
            : new(
                dag.Id,
                task.Id,
                $"the schedules never meet: '{dag.Id}' ({dag.Timetable.Text}) has an interval from {Name(begin.Start)}, "
                    + $"'{other.Id}' ({other.Timetable.Text}) {NearTo(other, begin.Start)}.",
                "Give both the same schedule, or the wait an 'offset' or 'match: containing' or 'match: last_ended'."
            );
    }

    // What was right for years is wrong from the end of the other DAG on.
    private static DagProblem? NoLongerMeet(
        DagDefinition dag,
        TaskDefinition task,
        TaskWork.WaitFor wait,
        DagDefinition other
    )
    {
        if (
            other.EndDate is not { } end
            || wait.SoftFail
            || dag.Timetable is ManualTimetable
            || other.Timetable is ManualTimetable
        )
        {
            return null;
        }

        var after = end + wait.Offset;
        var next = dag.Timetable.FirstFrom(after > dag.StartDate ? after : dag.StartDate);
        var first = default(DataInterval?);
        for (var i = 0; i < MostIntervals && next is { } own && dag.Has(own); i++)
        {
            first = WaitJudge.TargetOf(wait, own, other) is null ? first ?? own : null;
            next = dag.NextInterval(own);
        }

        return first is not { } begin
            ? null
            : new(
                dag.Id,
                task.Id,
                $"from {Name(begin.Start)} on, its runs wait in vain: '{other.Id}' has no interval after its end_date {Name(end)}.",
                dag.EndDate is null
                    ? $"Give '{dag.Id}' an end_date, too, or take the wait away."
                    : $"Let '{dag.Id}' end before, or '{other.Id}' later."
            );
    }

    private static string NearTo(DagDefinition other, DateTimeOffset start)
    {
        var near = new[] { other.Timetable.Containing(start), other.Timetable.FirstFrom(start) }
            .OfType<DataInterval>()
            .Select(interval => interval.Start)
            .Distinct()
            .ToList();
        return near.Count == 0 ? "has none near it"
            : other.EndDate is { } end && near.TrueForAll(at => at > end) ? $"has none after its end_date {Name(end)}"
            : $"has them from {string.Join(" and ", near.Select(Name))}";
    }

    private static string Name(DateTimeOffset start) =>
        start.ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture);

    // A wait for an earlier run, by its offset, closes no circle: that run is over before.
    private static IEnumerable<DagProblem> Cycles(
        IReadOnlyList<DagDefinition> dags,
        Dictionary<string, DagDefinition> byId
    )
    {
        var (done, path) = (new HashSet<(string, string)>(), new List<(string Dag, string Task)>());
        var tasks = dags.ToDictionary(dag => dag.Id, TasksOf, StringComparer.Ordinal);
        foreach (var dag in dags)
        {
            foreach (var task in dag.Tasks)
            {
                if (Circle(dag, task) is { } circle)
                {
                    yield return new(
                        circle[0].Dag,
                        circle[0].Task,
                        $"it waits for itself: {string.Join(" → ", circle.Append(circle[0]).Select(at => $"{at.Dag}.{at.Task}"))}.",
                        "Take one of these waits away, or let it wait for an earlier run with 'offset'."
                    );
                    yield break;
                }
            }
        }

        List<(string Dag, string Task)>? Circle(DagDefinition dag, TaskDefinition task)
        {
            var at = (dag.Id, task.Id);
            if (path.IndexOf(at) is var begin and >= 0)
            {
                return path[begin..];
            }

            if (!done.Add(at))
            {
                return null;
            }

            path.Add(at);
            var found = Before(dag, task, byId, tasks)
                .Select(next => Circle(next.Dag, next.Task))
                .FirstOrDefault(circle => circle is not null);
            path.RemoveAt(path.Count - 1);
            return found;
        }
    }

    private static Dictionary<string, TaskDefinition> TasksOf(DagDefinition dag) =>
        dag.Tasks.ToDictionary(task => task.Id, StringComparer.Ordinal);

    private static IEnumerable<(DagDefinition Dag, TaskDefinition Task)> Before(
        DagDefinition dag,
        TaskDefinition task,
        Dictionary<string, DagDefinition> dags,
        Dictionary<string, Dictionary<string, TaskDefinition>> tasks
    )
    {
        var own = task.Upstream.Select(id => (dag, tasks[dag.Id][id]));
        return task.Work is TaskWork.WaitFor wait && wait.Offset <= TimeSpan.Zero
            ? own.Concat(
                dags[wait.DagId]
                    .Tasks.Where(other => wait.TaskId is null || other.Id == wait.TaskId)
                    .Select(other => (dags[wait.DagId], other))
            )
            : own;
    }
}
