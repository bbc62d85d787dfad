using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Timetables;

namespace Sluice.Tests.Core.Scheduling.Airflow;

/// <summary>DAGs of all kinds, drawn from a seed; each may wait for those before it.</summary>
internal sealed class RandomDags(int seed)
{
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York"];
    private static readonly string[] Crons =
    [
        "@daily",
        "0 2 * * *",
        "*/15 * * * *",
        "30 6 * * MON",
        "0 0 L * *",
        "0 0 * * 6#2",
    ];
    private static readonly string[] Texts =
    [
        "x",
        "it's \"so\" {{ ds }} {% if %} {#",
        "a\\b\n\tü😀",
        "",
        "\u2028$(rm)`'",
    ];
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    private readonly Random _random = new(seed);

    public IReadOnlyList<DagDefinition> Next()
    {
        var dags = new List<DagDefinition>();
        for (var number = _random.Next(1, 4); number > 0; number--)
        {
            dags.Add(Dag($"{One("dag", "a.b", "-x", "D_1")}-{number}", dags));
        }

        return dags;
    }

    public string Text() => One(Texts);

    private DagDefinition Dag(string id, IReadOnlyList<DagDefinition> others)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(One(Zones));
        var start = Epoch.AddHours(6 * _random.Next(0, 90_000));
        var tasks = new List<TaskDefinition>();
        for (var number = _random.Next(1, 7); number > 0; number--)
        {
            tasks.Add(
                Task($"{One("t", "1", "-o", "delay", "class")}{(number == 6 ? "" : $".{number}")}", tasks, others)
            );
        }

        return new(id, tasks)
        {
            TimeZone = zone,
            StartDate = start,
            EndDate = Maybe() ? start.AddDays(400) : null,
            Timetable = _random.Next(4) switch
            {
                0 => ManualTimetable.Instance,
                1 => new SpanTimetable("6h", TimeSpan.FromHours(6), start, zone),
                _ => CronTimetable.Parse(One(Crons), zone),
            },
            Catchup = Maybe(),
            Delay = Maybe() ? TimeSpan.Zero : Span(),
            MaxActiveRuns = _random.Next(1, 5),
            MaxActiveTasks = _random.Next(1, 20),
            Params = Maybe()
                ? new Dictionary<string, string>()
                : new Dictionary<string, string> { ["b"] = Text(), ["a"] = Text() },
        };
    }

    private TaskDefinition Task(string id, IReadOnlyList<TaskDefinition> before, IReadOnlyList<DagDefinition> others) =>
        new(id, Work(others), [.. before.Where(_ => Maybe()).Select(task => task.Id)])
        {
            TriggerRule = One(Enum.GetValues<TriggerRule>()),
            Retry = new(_random.Next(0, 4), Span()) { IsExponential = Maybe(), MaxDelay = Span() },
            ExecutionTimeout = Maybe() ? Span() : null,
            Pool = One(Pools.Default, "oltp", "it's"),
            PriorityWeight = _random.Next(1, 4),
        };

    private TaskWork Work(IReadOnlyList<DagDefinition> others)
    {
        if (others.Count == 0 || Maybe())
        {
            return One<TaskWork>(new TaskWork.Empty(), new TaskWork.Shell(Text()), new TaskWork.Extract("app", Text()));
        }

        var other = One([.. others]);
        return new TaskWork.WaitFor(other.Id, Maybe() ? null : One([.. other.Tasks]).Id)
        {
            Match = One(Enum.GetValues<WaitMatch>()),
            Offset =
                Maybe() ? TimeSpan.Zero
                : Maybe() ? Span()
                : -Span(),
            AllowedStates = new HashSet<TaskState> { TaskState.Success, TaskState.Skipped },
            FailedStates = new HashSet<TaskState> { TaskState.UpstreamFailed, TaskState.Failed },
            Timeout = Span(),
            SoftFail = Maybe(),
        };
    }

    private TimeSpan Span() =>
        One(
            TimeSpan.FromSeconds(90),
            TimeSpan.FromHours(36),
            TimeSpan.FromMinutes(5),
            TimeSpan.FromMilliseconds(1_250),
            TimeSpan.FromDays(7)
        );

    private bool Maybe() => _random.Next(2) == 0;

    private T One<T>(params T[] values) => values[_random.Next(values.Length)];
}
