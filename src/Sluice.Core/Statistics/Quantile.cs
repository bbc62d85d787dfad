using System.Numerics;

namespace Sluice.Core.Statistics;

/// <summary>Quantiles by linear interpolation between the two values around them; the median is that of 0.5.</summary>
/// <remarks>
/// Type 7 of R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages" (1996), the default of NumPy and R: the
/// value at place (n − 1)q, counted from 0. As exact as a double: for values up to 2⁵³.
/// </remarks>
public static class Quantile
{
    // Below this many, sorting costs less than another partition.
    private const int Few = 32;

    /// <summary>The quantile, in the unit of the values; null without values.</summary>
    /// <param name="sorted">The values, ascending.</param>
    /// <param name="q">The share of values below, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not within 0 to 1.</exception>
    public static double? OfSorted(ReadOnlySpan<long> sorted, double q)
    {
        if (!TryPlace(sorted.Length, q, out var place, out var share))
        {
            return null;
        }

        return share == 0 ? sorted[place] : Between(sorted[place], sorted[place + 1], share);
    }

    /// <summary>The quantile, in the unit of the values, without sorting them; null without values. Takes time in
    /// proportion to their number, and at worst as long as sorting.</summary>
    /// <param name="values">The values, in any order; afterwards in another.</param>
    /// <param name="q">The share of values below, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not within 0 to 1.</exception>
    public static double? Select(Span<long> values, double q)
    {
        if (!TryPlace(values.Length, q, out var place, out var share))
        {
            return null;
        }

        Partition(values, place);
        if (share == 0)
        {
            return values[place];
        }

        var next = long.MaxValue;
        foreach (var value in values[(place + 1)..])
        {
            next = Math.Min(next, value);
        }

        return Between(values[place], next, share);
    }

    private static bool TryPlace(int count, double q, out int place, out double share)
    {
        if (q is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(q), q, "A quantile lies within 0 to 1.");
        }

        var at = Math.Max(count - 1, 0) * q;
        place = (int)at;
        share = at - place;
        return count > 0;
    }

    // From the nearer end, so that rounding never leads past the other.
    private static double Between(long low, long high, double share)
    {
        var distance = (double)high - low;
        return share < 0.5 ? low + (distance * share) : high - (distance * (1 - share));
    }

    // Afterwards the value at the place is the one that sorting would put there, with none above it before and none below
    // it behind. C. A. R. Hoare's "Find" (1961), guarded as in D. R. Musser's "Introspective sorting and selection
    // algorithms" (1997): after more rounds than a fair choice of pivots needs, what is left is sorted.
    private static void Partition(Span<long> values, int place)
    {
        for (var rounds = int.MaxValue - BitOperations.Log2(1u); values.Length > Few && rounds > 0; rounds--)
        {
            var (start, end) = AroundPivot(values);
            if (place >= start && place < end)
            {
                return;
            }

            if (place < start)
            {
                values = values[..start];
            }
            else
            {
                values = values[end..];
                place -= end;
            }
        }

        values.Sort();
    }

    // Where the values that equal the pivot begin and end; the smaller ones now lie before, the larger ones behind.
    private static (int Start, int End) AroundPivot(Span<long> values)
    {
        var pivot = Middle(values[0], values[values.Length / 2], values[^1]);
        var start = 0;
        var end = values.Length;
        for (var i = 0; i < end; )
        {
            var value = values[i];
            if (value < pivot)
            {
                values[i++] = values[start];
                values[start++] = value;
            }
            else if (value > pivot)
            {
                values[i] = values[--end];
                values[end] = value;
            }
            else
            {
                i++;
            }
        }

        return (start, end);
    }

    private static long Middle(long a, long b, long c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
