using CsCheck;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Timetables;

namespace Sluice.Tests.Core.Scheduling.Simulation;

/// <summary>A few DAGs that wait for each other, pools that are too small for them, and what goes wrong.</summary>
internal sealed record RandomDags(
    IReadOnlyList<DagDefinition> Dags,
    IReadOnlyDictionary<string, int> Slots,
    int Seed,
    DateTimeOffset Start,
    int Away,
    (double Failure, double Loss, double HandBack) Faults,
    int LongestMinutes
)
{
    private const int Days = 6;
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"];
    private static readonly string[] Crons = ["@daily", "0 2 * * *", "30 */6 * * *", "0 12 * * 1-5", "15 3,15 * * *"];

    public Func<TimeSpan> Duration
    {
        get
        {
            var random = new Random(Seed + 1);
            return () => TimeSpan.FromMinutes(random.Next(LongestMinutes + 1));
        }
    }

    public static Gen<RandomDags> Any { get; } =
        Gen.Int[0, int.MaxValue - 2].Select(seed => Of(new Random(seed), seed));

    private static RandomDags Of(Random random, int seed)
    {
        // Around a change of clocks in Europe and America, and one in Australia.
        var start = new DateTimeOffset(2020, random.Next(2) == 0 ? 3 : 10, random.Next(1, 29), 0, 0, 0, TimeSpan.Zero);
        var dags = new List<DagDefinition>();
        for (var number = random.Next(1, 4); number > 0; number--)
        {
            dags.Add(Dag(random, start, dags));
        }

        return new(
            dags,
            new Dictionary<string, int> { ["oltp"] = random.Next(1, 3), [Pools.Default] = random.Next(1, 5) },
            seed,
            start,
            random.Next(0, 72),
            (random.NextDouble() * 0.3, random.NextDouble() * 0.1, random.NextDouble() * 0.1),
            random.Next(5, 600)
        );
    }

    private static DagDefinition Dag(Random random, DateTimeOffset start, List<DagDefinition> others)
    {
        var tasks = new List<TaskDefinition>();
        for (var number = random.Next(1, 6); number > 0; number--)
        {
            tasks.Add(
                new(
                    FormattableString.Invariant($"t{tasks.Count}"),
                    Work(random, others),
                    [.. tasks.Where(_ => random.Next(3) == 0).Select(task => task.Id)]
                )
                {
                    TriggerRule = (TriggerRule)random.Next(random.Next(2) == 0 ? 1 : 4),
                    Retry = new(random.Next(3), TimeSpan.FromMinutes(random.Next(1, 60)))
                    {
                        IsExponential = random.Next(2) == 0,
                    },
                    Pool = random.Next(2) == 0 ? "oltp" : Pools.Default,
                    PriorityWeight = random.Next(1, 4),
                }
            );
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zones[random.Next(Zones.Length)]);
        return new(FormattableString.Invariant($"d{others.Count}"), tasks)
        {
            Timetable =
                random.Next(5) == 0
                    ? new SpanTimetable("7h", TimeSpan.FromHours(7), start, zone)
                    : CronTimetable.Parse(Crons[random.Next(Crons.Length)], zone),
            StartDate = start,
            EndDate = start.AddDays(Days),
            Catchup = random.Next(2) == 0,
            MaxActiveRuns = random.Next(1, 4),
            MaxActiveTasks = random.Next(1, 4),
        };
    }

    private static TaskWork Work(Random random, List<DagDefinition> others)
    {
        if (others.Count == 0 || random.Next(3) > 0)
        {
            return random.Next(5) == 0 ? new TaskWork.Empty() : new TaskWork.Shell("true");
        }

        var other = others[random.Next(others.Count)];
        return new TaskWork.WaitFor(
            other.Id,
            random.Next(2) == 0 ? null : other.Tasks[random.Next(other.Tasks.Count)].Id
        )
        {
            Match = (WaitMatch)random.Next(3),
            Offset = TimeSpan.FromHours(random.Next(3) == 0 ? random.Next(-2, 3) : 0),
            Timeout = TimeSpan.FromHours(random.Next(1, 100)),
            SoftFail = random.Next(3) == 0,
        };
    }
}
