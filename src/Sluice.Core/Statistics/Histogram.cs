namespace Sluice.Core.Statistics;

/// <summary>How many values lie in each of the bins of <see cref="HistogramBins"/>.</summary>
/// <param name="Edges">Those of the bins: one more than counts, ascending.</param>
/// <param name="Counts">Values per bin.</param>
public sealed record Histogram(IReadOnlyList<long> Edges, IReadOnlyList<long> Counts)
{
    /// <summary>The histogram of one sample over its own range; null without values.</summary>
    /// <param name="values">In any order, in some chunks.</param>
    /// <param name="bins">How many, at least 1; null for the automatic number.</param>
    /// <param name="unit">What edges are multiples of, at least 1: 1,000,000 for whole seconds of microseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">Bins or unit are below 1.</exception>
    public static Histogram? Of(IReadOnlyList<ReadOnlyMemory<long>> values, int? bins = null, long unit = 1) =>
        HistogramBins.Over(values, bins, unit)?.Count(values);
}
