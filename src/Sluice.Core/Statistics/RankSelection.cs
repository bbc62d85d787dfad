using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Sluice.Core.Statistics;

/// <summary>Finds some of the values that a sorting would put at given places, without sorting: by counting into bins, then within a bin.</summary>
internal static class RankSelection
{
    private const int BinBits = 11;
    private const int FewEnoughToSort = 1 << 14;

    /// <summary>Replaces each rank (from 0, ascending, below the number of values) by the value at it.</summary>
    /// <param name="values">Values in any order, in some chunks; not negative.</param>
    /// <param name="ranks">The ranks.</param>
    public static void Select<T>(IReadOnlyList<ReadOnlyMemory<T>> values, Span<long> ranks)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var count = 0L;
        foreach (var chunk in values)
        {
            count += chunk.Length;
        }

        if (count <= FewEnoughToSort)
        {
            Sort(values, (int)count, ranks);
            return;
        }

        var (least, most) = Range(values);
        if (least == most)
        {
            ranks.Fill(long.CreateTruncating(least));
            return;
        }

        var shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount(ulong.CreateTruncating(most - least)) - BinBits);
        // Two tables, so that of two like values one after the other the second need not wait for the first.
        Span<int> bins = stackalloc int[2 << BinBits];
        bins.Clear();
        var (even, odd) = (0, 1 << BinBits);
        foreach (var chunk in values)
        {
            foreach (var value in chunk.Span)
            {
                bins[int.CreateTruncating((value - least) >> shift) + even]++;
                (even, odd) = (odd, even);
            }
        }

        for (var bin = 0; bin < 1 << BinBits; bin++)
        {
            bins[bin] += bins[bin + (1 << BinBits)];
        }

        Within(values, ranks, bins, least, shift);
    }

    private static void Sort<T>(IReadOnlyList<ReadOnlyMemory<T>> values, int count, Span<long> ranks)
        where T : unmanaged, IBinaryInteger<T>
    {
        var few = ArrayPool<T>.Shared.Rent(count);
        var sorted = few.AsSpan(0, count);
        foreach (var chunk in values)
        {
            chunk.Span.CopyTo(sorted[^count..]);
            count -= chunk.Length;
        }

        sorted.Sort();
        foreach (ref var rank in ranks)
        {
            rank = long.CreateTruncating(sorted[(int)rank]);
        }

        ArrayPool<T>.Shared.Return(few);
    }

    private static void Within<T>(
        IReadOnlyList<ReadOnlyMemory<T>> values,
        Span<long> ranks,
        ReadOnlySpan<int> bins,
        T least,
        int shift
    )
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var before = 0L;
        for (var (bin, done) = (0, 0); done < ranks.Length; before += bins[bin++])
        {
            var mine = 0;
            while (done + mine < ranks.Length && ranks[done + mine] < before + bins[bin])
            {
                ranks[done + mine++] -= before;
            }

            if (mine > 0)
            {
                var some = ArrayPool<T>.Shared.Rent(bins[bin]);
                var first = least + (T.CreateTruncating(bin) << shift);
                // The last bin may be wider than what is left up to the largest value of the type.
                var width = T.Min(T.CreateTruncating((1L << shift) - 1), T.MaxValue - first);
                Collect(values, first, first + width, some);
                Select<T>([some.AsMemory(0, bins[bin])], ranks.Slice(done, mine));
                ArrayPool<T>.Shared.Return(some);
                done += mine;
            }
        }
    }

    private static (T Least, T Most) Range<T>(IReadOnlyList<ReadOnlyMemory<T>> values)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var (least, most) = (new Vector<T>(T.MaxValue), new Vector<T>(T.MinValue));
        foreach (var chunk in values)
        {
            var vectors = MemoryMarshal.Cast<T, Vector<T>>(chunk.Span);
            foreach (var vector in vectors)
            {
                least = Vector.Min(least, vector);
                most = Vector.Max(most, vector);
            }

            foreach (var value in chunk.Span[(vectors.Length * Vector<T>.Count)..])
            {
                least = Vector.Min(least, new Vector<T>(value));
                most = Vector.Max(most, new Vector<T>(value));
            }
        }

        var range = (Least: least[0], Most: most[0]);
        for (var i = 1; i < Vector<T>.Count; i++)
        {
            range = (T.Min(range.Least, least[i]), T.Max(range.Most, most[i]));
        }

        return range;
    }

    // The values from first to last. Most vectors have none, and are passed over whole.
    private static void Collect<T>(IReadOnlyList<ReadOnlyMemory<T>> values, T first, T last, Span<T> target)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (from, to) = (new Vector<T>(first), new Vector<T>(last));
        var count = 0;
        foreach (var chunk in values)
        {
            var rest = chunk.Span;
            var vectors = MemoryMarshal.Cast<T, Vector<T>>(rest);
            for (var i = 0; i < vectors.Length; i++)
            {
                var inside = Vector.GreaterThanOrEqual(vectors[i], from) & Vector.LessThanOrEqual(vectors[i], to);
                if (inside != Vector<T>.Zero)
                {
                    count += Pick(rest.Slice(i * Vector<T>.Count, Vector<T>.Count), target[count..]);
                }
            }

            count += Pick(rest[(vectors.Length * Vector<T>.Count)..], target[count..]);
        }

        int Pick(ReadOnlySpan<T> some, Span<T> free)
        {
            var picked = 0;
            foreach (var value in some)
            {
                if (value >= first && value <= last)
                {
                    free[picked++] = value;
                }
            }

            return picked;
        }
    }
}
