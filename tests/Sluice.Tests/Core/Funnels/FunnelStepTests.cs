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
        Assert.Equal(expected, EventSelector.Of(pattern).MatchesName(name));

    [Fact]
    public void Any_of_its_events_takes_the_step()
    {
        var step = new EventSelector(["step6", "thanks*"]);

        Assert.True(step.MatchesName("step6"));
        Assert.True(step.MatchesName("thanks/2"));
        Assert.False(step.MatchesName("step5"));
    }

    [Fact]
    public void A_short_step_is_called_like_its_event() => Assert.Equal("step5", FunnelStep.Of("step5").Name);

    [Fact]
    public void An_event_without_a_name_is_any_event_and_no_other()
    {
        Assert.True(EventSelector.Of("*").MatchesName(""));
        Assert.False(EventSelector.Of("a*").MatchesName(""));
    }

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    [InlineData("a*", "ab", true)]
    [InlineData("ab", "a*", true)]
    [InlineData("a*", "ab*", true)]
    [InlineData("a*", "b*", false)]
    [InlineData("*", "b", true)]
    public void Two_selectors_overlap_where_a_name_is_meant_by_both(string one, string other, bool expected) =>
        Assert.Equal(expected, EventSelector.Of(one).Overlaps(EventSelector.Of(other)));
}
