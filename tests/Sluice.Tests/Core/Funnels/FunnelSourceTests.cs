using Sluice.Core.Funnels.Questions;

namespace Sluice.Tests.Core.Funnels;

public sealed class FunnelSourceTests
{
    [Theory]
    [InlineData(100, 900, null, 100)]
    [InlineData(100, 900, 50, 100)]
    [InlineData(100, 900, 300, 300)]
    [InlineData(100, 900, 5_000, 900)]
    [InlineData(100, 50, 5_000, 100)]
    [InlineData(null, null, 300, 300)]
    [InlineData(null, null, null, null)]
    public void A_build_was_seen_to_its_end_or_to_a_later_event_that_may_be(
        int? end,
        int? published,
        int? last,
        int? expected
    ) =>
        Assert.Equal(
            expected,
            new FunnelSource
            {
                Events = [],
                Provenance = new(),
                WatermarkMicros = end,
                PublishedMicros = published,
            }.SeenTo(last)
        );
}
