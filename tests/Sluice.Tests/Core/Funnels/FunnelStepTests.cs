using Sluice.Core.Funnels;

namespace Sluice.Tests.Core.Funnels;

public sealed class FunnelStepTests
{
    [Theory]
    [InlineData("step5", "step5", true)]
    [InlineData("step5", "step50", false)]
    [InlineData("step5", "Step5", false)]
    [InlineData("step*", "step5", true)]
    [InlineData("step*", "step", true)]
    [InlineData("step*", "Step5", false)]
    [InlineData("step*", "a step", false)]
    [InlineData("*", "anything at all", true)]
    [InlineData("a*b", "axb", false)]
    [InlineData("a*b", "a*b", true)]
    [InlineData("a**", "a*", true)]
    [InlineData("a**", "ab", false)]
    [InlineData("ß", "ss", false)]
    [InlineData("é*", "e\u0301", false)]
    public void Names_are_compared_exactly_but_for_a_star_at_the_end(string pattern, string name, bool expected) =>
        Assert.Equal(expected, FunnelStep.Of(pattern).Matches(name));

    [Fact]
    public void Any_of_its_events_takes_the_step()
    {
        var step = new FunnelStep(["step6", "thanks*"], "Confirmation");

        Assert.True(step.Matches("step6"));
        Assert.True(step.Matches("thanks/2"));
        Assert.False(step.Matches("step5"));
    }

    [Fact]
    public void A_short_step_is_called_like_its_event() => Assert.Equal("step5", FunnelStep.Of("step5").Name);

    [Fact]
    public void An_event_without_a_name_takes_no_step() => Assert.False(FunnelStep.Of("*").Matches(""));
}
