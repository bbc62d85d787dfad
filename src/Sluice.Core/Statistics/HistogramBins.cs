namespace Sluice.Core.Statistics;

/// <summary>Bins of one width over a range of whole numbers, for one sample or for several that are to be compared.</summary>
/// <remarks>
/// They are those of PostHog's time to convert: of n values, the cube root of n bins, rounded up, at most
/// <see cref="MostAutomatic"/>; each a whole number of units wide, rounded up, so that the last ones may be empty. Only
/// values that are all equal differ: they have one bin. Immutable, so thread safe.
/// </remarks>
public sealed class HistogramBins
{
    /// <summary>How many bins there are at most where no number is given.</summary>
    public const int MostAutomatic = 60;

    private readonly long[] _edges;
    private readonly ulong _width;

    private HistogramBins(long[] edges, ulong width)
    {
        _edges = edges;
        _width = width;
    }

    /// <summary>Where the bins begin, and where the last one ends: one more than bins, ascending. A bin holds its lower edge
    /// and not its upper one; the last one holds both. Edges beyond what a long holds are its largest value.</summary>
    public IReadOnlyList<long> Edges => _edges;

    /// <summary>Bins over the values; null without values.</summary>
    /// <param name="values">In any order, in some chunks: those of several samples that are to be compared.</param>
    /// <param name="bins">How many, at least 1; null for the automatic number, that of all values together.</param>
    /// <param name="unit">What edges are multiples of, at least 1: 1,000,000 for whole seconds of microseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">Bins or unit are below 1.</exception>
    public static HistogramBins? Over(IReadOnlyList<ReadOnlyMemory<long>> values, int? bins = null, long unit = 1)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins ?? 1, 1, nameof(bins));
        ArgumentOutOfRangeException.ThrowIfLessThan(unit, 1);
        var (count, min, max) = (0L, long.MaxValue, long.MinValue);
        foreach (var chunk in values)
        {
            count += chunk.Length;
            foreach (var value in chunk.Span)
            {
                min = Math.Min(min, value);
                max = Math.Max(max, value);
            }
        }

        return count == 0 ? null : Between(min, max, bins ?? Automatic(count), unit);
    }

    /// <summary>How many of the values are in each bin.</summary>
    /// <param name="values">In any order, in some chunks, within the edges.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside of all bins.</exception>
    public Histogram Count(IReadOnlyList<ReadOnlyMemory<long>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var counts = new long[_edges.Length - 1];
        var (start, end) = (_edges[0], _edges[^1]);
        foreach (var chunk in values)
        {
            foreach (var value in chunk.Span)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(value, start, nameof(values));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(value, end, nameof(values));
                counts[value == end ? counts.Length - 1 : (int)(Distance(start, value) / _width)]++;
            }
        }

        return new Histogram(_edges, counts);
    }

    private static HistogramBins Between(long min, long max, int bins, long unit)
    {
        // Durations are far from the ends of a long, but nothing here may wrap around at them.
        var start = (long)Int128.Max(long.MinValue, Floor(min, unit));
        var end = (long)Int128.Min(long.MaxValue, -Floor(-(Int128)max, unit));
        if (min == max)
        {
            return new HistogramBins([start, end], Math.Max(Distance(start, end), 1));
        }

        var width = -Floor(-(((Int128)end - start + bins - 1) / bins), unit);
        var edges = new long[bins + 1];
        for (var i = 0; i <= bins; i++)
        {
            edges[i] = (long)Int128.Min(long.MaxValue, start + (i * width));
        }

        return new HistogramBins(edges, (ulong)Int128.Min(ulong.MaxValue, width));
    }

    private static int Automatic(long count)
    {
        var root = 1;
        while (root < MostAutomatic && (long)root * root * root < count)
        {
            root++;
        }

        return root;
    }

    // The multiple of the unit at or below.
    private static Int128 Floor(Int128 value, long unit)
    {
        var rest = value % unit;
        return value - rest - (rest < 0 ? unit : 0);
    }

    private static ulong Distance(long from, long to) => unchecked((ulong)to - (ulong)from);
}
