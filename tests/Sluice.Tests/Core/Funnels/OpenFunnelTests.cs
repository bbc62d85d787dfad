using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Core.Funnels;

public sealed class OpenFunnelTests
{
    [Theory]
    [InlineData("a@0 b@0", true, true)]
    [InlineData("b@0", false, true)]
    [InlineData("a@0", true, false)]
    [InlineData("x@0", false, false)]
    [InlineData("", false, false)]
    [InlineData("b@0 a@5 b@9", true, true)]
    public void Each_step_counts_for_itself(string events, bool first, bool second) =>
        Assert.Equal([first, second], Evaluate(events, "a b"));

    [Fact]
    public void One_event_takes_every_step_that_it_matches() =>
        Assert.Equal([true, true, false], Evaluate("a@0", "a a|b b"));

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(19, true)]
    [InlineData(20, false)]
    public void Only_the_reporting_range_counts(long at, bool expected) =>
        Assert.Equal([expected, false], Evaluate($"a@{at}", "a b", from: 10, to: 20));

    private static IReadOnlyList<bool> Evaluate(
        string events,
        string steps,
        long from = long.MinValue,
        long to = long.MaxValue
    )
    {
        var funnel = FunnelText.Funnel(steps) with { Order = FunnelOrder.Open };
        var rules = FunnelRules.Of(funnel, TimeZoneInfo.Utc) with { FromMicros = from, ToMicros = to };
        var attempt = FunnelEvaluator.Evaluate(FunnelText.Events(events, funnel), rules).Attempts.SingleOrDefault();
        return [.. Enumerable.Range(0, rules.Steps).Select(step => attempt?.Took(step) == true)];
    }
}
