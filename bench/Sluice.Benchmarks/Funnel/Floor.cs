using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Sluice.Core.Journeys;

namespace Sluice.Benchmarks.Funnel;

/// <summary>A pass that only sums the columns which a count must read: nothing that reads them can be faster.</summary>
internal static class Floor
{
    public static ulong Sum(JourneyShard shard, int degree)
    {
        var parts = new ulong[degree];
        if (degree == 1)
        {
            parts[0] = Sum(shard.Columns.Codes.Span) + Sum(shard.Columns.Times.Span);
        }
        else
        {
            Parallel.For(
                0,
                degree,
                new ParallelOptions { MaxDegreeOfParallelism = degree },
                i => parts[i] = Sum(Part(shard.Columns.Codes, i)) + Sum(Part(shard.Columns.Times, i))
            );
        }

        return parts.Aggregate((a, b) => a + b);

        ReadOnlySpan<byte> Part(ReadOnlyMemory<byte> column, int i)
        {
            var first = (int)((long)column.Length * i / degree) & -64;
            var end = i == degree - 1 ? column.Length : (int)((long)column.Length * (i + 1) / degree) & -64;
            return column.Span[first..end];
        }
    }

    // Four sums at once, so that no addition waits for the one before.
    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        var (a, b, c, d) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero, Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        var rows = MemoryMarshal.Cast<byte, Vector512<ulong>>(bytes);
        var i = 0;
        for (; i <= rows.Length - 4; i += 4)
        {
            a += rows[i];
            b += rows[i + 1];
            c += rows[i + 2];
            d += rows[i + 3];
        }

        for (; i < rows.Length; i++)
        {
            a += rows[i];
        }

        return Vector512.Sum(a + b + c + d);
    }
}
