using Sluice.Core.Scheduling.Timetables;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling;

/// <summary>A directed acyclic graph of tasks, run for one data interval at a time.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Tasks">Its tasks, each after those it waits for.</param>
public sealed record DagDefinition(string Id, IReadOnlyList<TaskDefinition> Tasks)
{
    /// <summary>Its data intervals.</summary>
    public Timetable Timetable { get; init; } = ManualTimetable.Instance;

    /// <summary>The zone of its schedule, and of the logical dates of its runs.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>No interval begins before.</summary>
    public DateTimeOffset StartDate { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>No interval begins after; null for no end.</summary>
    public DateTimeOffset? EndDate { get; init; }

    /// <summary>Whether intervals that were missed are run one by one; else only the last of them is.</summary>
    public bool Catchup { get; init; }

    /// <summary>How many of its runs may be active at a time.</summary>
    public int MaxActiveRuns { get; init; } = 1;

    /// <summary>How many of its tasks may be at work at a time, over all its runs.</summary>
    public int MaxActiveTasks { get; init; } = 16;

    /// <summary>How long after the end of an interval its run begins: for what reaches the source late.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>When the run of an interval is expected to have succeeded; null for whenever.</summary>
    public Deadline? Deadline { get; init; }

    /// <summary>What is called when a run failed.</summary>
    public IReadOnlyList<Callback> OnFailure { get; init; } = [];

    /// <summary>What is called, once, when a run is not done by its deadline.</summary>
    public IReadOnlyList<Callback> OnLate { get; init; } = [];

    /// <summary>The values of <c>{{ params.x }}</c> where a run has none of its own.</summary>
    public IReadOnlyDictionary<string, string> Params { get; init; } = new Dictionary<string, string>();

    /// <summary>The interval that follows one, inside start and end; null where none does.</summary>
    /// <param name="last">The last that had a run; null where none had.</param>
    public DataInterval? NextInterval(DataInterval? last)
    {
        var from = last is { } before && before.End > StartDate ? before.End : StartDate;
        return Timetable.FirstFrom(from) is { } next && Has(next) ? next : null;
    }

    /// <summary>Whether an interval of its timetable lies inside start and end.</summary>
    public bool Has(DataInterval interval) =>
        interval.Start >= StartDate && (EndDate is not { } end || interval.Start <= end);

    /// <summary>A task.</summary>
    /// <exception cref="DefinitionException">There is no such task.</exception>
    public TaskDefinition Get(string taskId) =>
        Tasks.FirstOrDefault(task => task.Id == taskId)
        ?? throw new DefinitionException(
            $"The DAG {Id} has no task '{taskId}'.",
            Nearest.Among(taskId, Tasks.Select(task => task.Id))
        );

    /// <summary>A task and all that come after it, in their order.</summary>
    public IReadOnlyList<string> WithDownstream(string taskId)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { taskId };
        return
        [
            .. Tasks
                .Where(task => found.Contains(task.Id) || (task.Upstream.Any(found.Contains) && found.Add(task.Id)))
                .Select(task => task.Id),
        ];
    }

    /// <summary>The DAG of some of its tasks: one that waited for a task which is left out waits for what that one waited for.</summary>
    public DagDefinition Keep(Func<TaskDefinition, bool> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        // Tasks come after those they wait for, so what stands in a task's place is known when it is met.
        var inPlaceOf = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var kept = new List<TaskDefinition>();
        foreach (var task in Tasks)
        {
            string[] upstream = [.. task.Upstream.SelectMany(id => inPlaceOf[id]).Distinct(StringComparer.Ordinal)];
            if (wanted(task))
            {
                kept.Add(task with { Upstream = upstream });
                upstream = [task.Id];
            }

            inPlaceOf[task.Id] = upstream;
        }

        return this with
        {
            Tasks = kept,
        };
    }
}
