using Sluice.Core.Funnels;
using Sluice.Core.Reports;

namespace Sluice.Tests.Core.Reports;

public sealed class FunnelWordsTests
{
    private static readonly FunnelDefinition Funnel = new()
    {
        Name = "f",
        Steps = [FunnelStep.Of("a"), FunnelStep.Of("b") with { Optional = true }, FunnelStep.Of("c")],
    };

    [Fact]
    public void A_funnel_is_a_question()
    {
        Assert.Equal(
            "Of the users who did “a”, how many went on to perhaps “b”, then “c”, within 1 day 1 second?",
            FunnelWords.Question(Funnel with { Window = TimeSpan.FromSeconds(86_401) })
        );
        Assert.EndsWith(
            "within 500 milliseconds 1 microsecond?",
            FunnelWords.Question(Funnel with { Window = TimeSpan.FromMicroseconds(500_001) }),
            StringComparison.Ordinal
        );
        var required = Funnel with { Steps = [FunnelStep.Of("a"), FunnelStep.Of("b"), FunnelStep.Of("c")] };
        Assert.Equal(
            "How many sessions did “a”, “b” and “c”, in any order?",
            FunnelWords.Question(required with { Order = FunnelOrder.Unordered, Unit = "session" })
        );
        Assert.Equal(
            "Of the users who did “a”, how many also did “b” and “c”, at any time?",
            FunnelWords.Question(required with { Order = FunnelOrder.Open })
        );
    }

    [Fact]
    public void Each_rule_that_decides_is_a_sentence() =>
        Assert.Equal(
            [
                "“Pay” is the event “b” or “c*”.",
                "The steps come in this order, with no other event between two of them.",
                "The first step happens from 2015-01-01 to 2015-04-30; so do all steps.",
                "Only the first entry of each counts.",
                "Who does the event “refund” after “a” and before “Pay” is not counted.",
                "All steps have the same “product” and “shop”.",
                "Broken down by “sex”; of an event's values the last one counts.",
            ],
            FunnelWords.Rules(
                Funnel with
                {
                    Steps = [FunnelStep.Of("a"), new(new EventSelector(["b", "c*"]), "Pay")],
                    Order = FunnelOrder.Strict,
                    Entry = FunnelEntry.First,
                    From = new DateOnly(2015, 1, 1),
                    To = new DateOnly(2015, 5, 1),
                    LateSteps = false,
                    Exclude = [new(EventSelector.Of("refund"), 1, 2)],
                    Hold = ["product", "shop"],
                    By = [Breakdown.By("sex")],
                    Attribution = new(AttributionKind.LastTouch),
                }
            )
        );
}
