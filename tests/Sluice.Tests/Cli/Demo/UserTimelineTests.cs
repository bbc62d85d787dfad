using Sluice.Cli.Demo;

namespace Sluice.Tests.Cli.Demo;

public sealed class UserTimelineTests
{
    private static readonly DateOnly FirstVisit = new(2015, 2, 28);

    [Theory]
    [InlineData(1)]
    [InlineData(1, 3)]
    [InlineData(1, 4, 5)]
    [InlineData(1, 2, 3, 4, 5, 6)]
    public void Sign_in_lies_between_pages_and_before_payment(params int[] steps)
    {
        var positions = new HashSet<int>();
        foreach (var events in Draw(500, steps))
        {
            var names = events.DistinctBy(row => row.MessageId).Select(NameOf).ToList();
            var signIn = names.IndexOf("sign_in");
            var payment = names.IndexOf("step5");
            positions.Add(signIn);

            Assert.Equal(signIn, names.LastIndexOf("sign_in"));
            Assert.True(steps.Length == 1 || names[signIn + 1].StartsWith("step", StringComparison.Ordinal));
            Assert.True(payment < 0 || signIn < payment);
        }

        // Every place that is allowed occurs: any gap, or none after the payment page.
        var gaps = steps.Contains(5) ? Array.IndexOf(steps, 5) : Math.Max(1, steps.Length - 1);
        Assert.Equal(Enumerable.Range(1, gaps), positions.Order());
    }

    [Fact]
    public void Pages_come_in_step_order_with_pauses_of_the_right_length()
    {
        foreach (var events in Draw(500, 1, 2, 3, 4, 5, 6))
        {
            var pages = events.Where(row => row.Page is not null).DistinctBy(row => row.MessageId).ToList();

            Assert.Equal(["step1", "step2", "step3", "step4", "step5", "step6"], pages.Select(NameOf));
            Assert.All(
                pages.Zip(pages.Skip(1)),
                pair =>
                {
                    var (shortest, longest) =
                        pair.First.SessionId == pair.Second.SessionId
                            ? (TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(10))
                            : (TimeSpan.FromHours(1), TimeSpan.FromDays(6));
                    Assert.InRange(pair.Second.OccurredAt - pair.First.OccurredAt, shortest, longest);
                }
            );
        }
    }

    [Fact]
    public void First_page_is_seen_on_the_day_of_the_first_visit() =>
        Assert.All(Draw(500, 1, 2), events => Assert.Equal(FirstVisit, DateOnly.FromDateTime(events[0].OccurredAt)));

    [Fact]
    public void Nothing_follows_a_sign_out() =>
        Assert.All(
            Draw(500, 1, 2),
            events =>
                Assert.DoesNotContain(
                    events.SkipWhile(row => row.Event != "sign_out").Skip(1),
                    row => row.Event.Length > 0
                )
        );

    private static IEnumerable<List<SampleEvent>> Draw(int times, params int[] steps)
    {
        var timeline = new UserTimeline(new SplitMix64(1));
        var user = new SampleUser
        {
            UserId = 123_456,
            FirstVisit = FirstVisit,
            Device = "Mobile",
            Sex = "Female",
            Channel = "search",
            Steps = steps.Aggregate(default(StepSet), (set, step) => set.With(step)),
        };
        for (var i = 0; i < times; i++)
        {
            yield return [.. timeline.Of(user)];
        }
    }

    private static string NameOf(SampleEvent row) => row.Page ?? row.Event;
}
