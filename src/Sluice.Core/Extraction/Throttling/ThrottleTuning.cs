namespace Sluice.Core.Extraction.Throttling;

/// <summary>The constants of the controller. Nobody should need to change them but a test or a benchmark.</summary>
internal sealed record ThrottleTuning
{
    /// <summary>How much of its calm latency the source may be slower before the rate falls.</summary>
    public double Tolerance { get; init; } = 1.2;

    /// <summary>Below this much more than the calm latency nothing is slow: what a clock or a scheduler adds by itself.</summary>
    public TimeSpan Slack { get; init; } = TimeSpan.FromMilliseconds(0.1);

    /// <summary>What is left of the rate when it falls, and of it when the source is several times slower.</summary>
    public double BackOff { get; init; } = 0.7;

    /// <summary>What is left of the rate when the source has become several times slower.</summary>
    public double SharpBackOff { get; init; } = 0.5;

    /// <summary>By which part of the rate at which pages are read the rate rises.</summary>
    public double Step { get; init; } = 0.025;

    /// <summary>Rows per second at the beginning, and while the source cannot be watched.</summary>
    public double CarefulRowsPerSecond { get; init; } = 10_000;

    /// <summary>Between two probes while pages are read. A probe is a trivial statement: twenty in a second cost a source nothing, and few prove nothing.</summary>
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Probes after which the rate is looked at again.</summary>
    public int ProbesPerDecision { get; init; } = 20;

    /// <summary>Latest probes that are compared with the calm ones.</summary>
    public int ProbeWindow { get; init; } = 80;

    /// <summary>Between two rounds of calm probes, for which no page is read.</summary>
    public TimeSpan CalmEvery { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>The same until the baseline has all its probes.</summary>
    public TimeSpan CalmEveryAtFirst { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Between the last page, or probe, and the next calm probe.</summary>
    public TimeSpan CalmGap { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Probes of a round.</summary>
    public int CalmProbes { get; init; } = 20;

    /// <summary>Latest calm probes that make the baseline: those of five rounds, about a minute.</summary>
    public int CalmWindow { get; init; } = 100;

    /// <summary>Between two looks at the load, the query and the flag.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a statement of the monitor may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The time that a page takes on a source that shows strain.</summary>
    public TimeSpan ShortestPage { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The time that a page takes on a source that does not.</summary>
    public TimeSpan LongestPage { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>What a bucket holds at most: the tokens of this time.</summary>
    public TimeSpan Burst { get; init; } = TimeSpan.FromMilliseconds(50);
}
