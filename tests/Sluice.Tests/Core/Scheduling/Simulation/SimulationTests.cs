using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Scheduling.Timetables;

namespace Sluice.Tests.Core.Scheduling.Simulation;

public sealed class SimulationTests
{
    private const int Schedules = 10_000;
    private const int Disturbed = 150;
    private static readonly Dictionary<string, int> NoPools = new(StringComparer.Ordinal);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void Three_years_of_nights_have_one_run_each_in_both_dags()
    {
        var nights = Nights(maxActiveRuns: 1, catchup: true);
        nights.RunUntil(Instant("2026-01-01T02:00:00Z"));

        AssertEveryNight(nights, "funnel_pipeline", 365 + 366 + 365);
        AssertEveryNight(nights, "dimension_modeling", 365 + 366 + 365);
        Assert.Contains(nights.Runs, run => run.Interval.Ds == "2024-02-29");
        Assert.Contains(nights.Runs, run => run.Interval.End - run.Interval.Start == TimeSpan.FromHours(23));
        Assert.Contains(nights.Runs, run => run.Interval.End - run.Interval.Start == TimeSpan.FromHours(25));
    }

    [Fact]
    public void A_week_without_scheduler_is_caught_up_night_by_night()
    {
        var nights = Nights(maxActiveRuns: 2, catchup: true);
        nights.RunUntil(Instant("2023-02-01T12:00:00Z"));
        nights.Sleep(TimeSpan.FromDays(7));
        nights.RunUntil(Instant("2023-03-01T12:00:00Z"));

        AssertEveryNight(nights, "funnel_pipeline", 59);
        AssertEveryNight(nights, "dimension_modeling", 59);
    }

    [Fact]
    public void Without_catchup_only_the_last_night_of_the_week_is_run()
    {
        var nights = Nights(maxActiveRuns: 2, catchup: false);
        nights.RunUntil(Instant("2023-02-01T12:00:00Z"));
        nights.Sleep(TimeSpan.FromDays(7));
        nights.RunUntil(Instant("2023-03-01T12:00:00Z"));

        var days = nights
            .Runs.Where(run => run.DagId == "funnel_pipeline")
            .Select(run => run.Interval.Ds)
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Equal(53, days.Count);
        Assert.Equal(["2023-01-31", "2023-02-07"], days.Where(day => day is "2023-01-31" or "2023-02-07"));
        Assert.DoesNotContain("2023-02-03", days);
    }

    [Fact]
    public void Nights_that_take_longer_than_a_day_overlap_as_far_as_they_may()
    {
        var nights = Nights(maxActiveRuns: 3, catchup: true, duration: TimeSpan.FromHours(20));
        nights.RunUntil(Instant("2023-06-30T12:00:00Z"));
        nights.RunUntil(Instant("2024-06-30T12:00:00Z"));

        Assert.Equal(3, nights.MostRuns);
        AssertEveryNight(nights, "funnel_pipeline", 365 + 181, unfinished: 3);
    }

    [Fact]
    public void What_must_hold_holds_in_every_random_schedule() =>
        RandomDags.Any.Sample(
            world =>
            {
                var nights = new SimulatedNights(world.Dags, world.Slots, new Random(world.Seed), world.Start)
                {
                    Faults = world.Faults,
                    Duration = world.Duration,
                };
                nights.RunUntil(world.Start + TimeSpan.FromDays(3));
                nights.Sleep(TimeSpan.FromHours(world.Away));
                nights.RunUntil(world.Start + TimeSpan.FromDays(8));
                // Long after the last interval: everything must have come to an end, however much went wrong.
                nights.RunUntil(world.Start + TimeSpan.FromDays(400));

                Assert.All(nights.Runs, run => Assert.False(run.IsActive));
                foreach (var dag in world.Dags.Where(dag => dag.Catchup))
                {
                    var starts = nights
                        .Runs.Where(run => run.DagId == dag.Id)
                        .Select(run => run.Interval.Start)
                        .Order()
                        .ToList();
                    var expected = new List<DateTimeOffset>();
                    for (var next = dag.NextInterval(null); next is { } interval; next = dag.NextInterval(interval))
                    {
                        expected.Add(interval.Start);
                    }

                    Assert.Equal(expected, starts);
                }
            },
            iter: Schedules
        );

    [Fact]
    public void What_must_hold_holds_whatever_is_asked_for_and_whoever_dies()
    {
        var (requests, tooLate) = (0, 0);
        RandomDags.Any.Sample(
            world =>
            {
                var clock = new FakeTimeProvider(world.Start);
                var nights = new DisturbedNights(world, clock, new MemoryRunStore(clock));
                nights.RunUntil(world.Start + TimeSpan.FromDays(4), isDisturbed: true);
                nights.Resume();
                // Longer than the slowest world works off what was asked for: no time passes for it once nothing is left.
                nights.RunUntil(world.Start + TimeSpan.FromDays(400), isDisturbed: false);

                Assert.All(nights.Runs, run => Assert.False(run.IsActive));
                Interlocked.Add(ref requests, nights.Requests);
                Interlocked.Add(ref tooLate, nights.TooLate);
            },
            iter: Disturbed
        );

        // It is the disturbed case that is tested.
        Assert.True(requests > 20 * Disturbed && tooLate > Disturbed, $"{requests} requests, {tooLate} too late");
    }

    private static SimulatedNights Nights(int maxActiveRuns, bool catchup, TimeSpan? duration = null)
    {
        var start = Instant("2022-12-31T23:00:00Z");
        DagDefinition Nightly(string id, params TaskDefinition[] tasks) =>
            new(id, tasks)
            {
                Timetable = CronTimetable.Daily(Berlin),
                StartDate = start,
                Catchup = catchup,
                MaxActiveRuns = maxActiveRuns,
            };

        var work = new TaskWork.Shell("true");
        return new(
            [
                Nightly(
                    "funnel_pipeline",
                    new TaskDefinition("load_users", work, []),
                    new TaskDefinition("load_visits", work, []),
                    new TaskDefinition("complete", new TaskWork.Empty(), ["load_users", "load_visits"])
                ),
                Nightly(
                    "dimension_modeling",
                    new TaskDefinition("wait", new TaskWork.WaitFor("funnel_pipeline", "complete"), []),
                    new TaskDefinition("dim_user", work, ["wait"]),
                    new TaskDefinition("publish_build", work, ["dim_user"])
                ),
            ],
            NoPools,
            new Random(1),
            start
        )
        {
            Duration = () => duration ?? TimeSpan.FromMinutes(20),
        };
    }

    private static void AssertEveryNight(SimulatedNights nights, string dag, int count, int unfinished = 0)
    {
        var runs = nights.Runs.Where(run => run.DagId == dag).OrderBy(run => run.Interval.Start).ToList();
        Assert.InRange(runs.Count, count - unfinished, count);
        Assert.Equal(runs.Count, runs.Select(run => run.Interval.Ds).Distinct().Count());
        Assert.True(runs.Count(run => run.State != RunState.Success) <= unfinished);
        for (var i = 1; i < runs.Count; i++)
        {
            Assert.Equal(runs[i - 1].Interval.End, runs[i].Interval.Start);
        }
    }

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
