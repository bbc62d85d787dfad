using ParquetSharp;
using Sluice.Core.Tables;

namespace Sluice.Lake.Parquet;

/// <summary>Decides from a column's first values how it is written.</summary>
internal static class ColumnEncoding
{
    private const int Sample = 4096;

    /// <summary>
    /// Null for a dictionary, where fewer than half of the first values are different, or there are none to look at. Else the
    /// differences of integers in as few bits as they need, and all others as they are.
    /// </summary>
    public static Encoding? Of(ColumnBuffer column) =>
        column switch
        {
            FixedColumnBuffer<int> ints when !RepeatsIn(ints.Values) => Encoding.DeltaBinaryPacked,
            FixedColumnBuffer<long> longs when !RepeatsIn(longs.Values) => Encoding.DeltaBinaryPacked,
            FixedColumnBuffer<Int128> wide when !RepeatsIn(wide.Values) => Encoding.Plain,
            FixedColumnBuffer<double> doubles when !RepeatsIn(doubles.Values) => Encoding.Plain,
            BytesColumnBuffer bytes when !RepeatsIn(bytes) => Encoding.Plain,
            _ => null,
        };

    private static bool RepeatsIn<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var distinct = new HashSet<T>();
        var looked = Math.Min(Sample, values.Length);
        foreach (var value in values[..looked])
        {
            distinct.Add(value);
        }

        return distinct.Count * 2 <= looked;
    }

    private static bool RepeatsIn(BytesColumnBuffer column)
    {
        var ends = column.Ends;
        var looked = Math.Min(Sample, ends.Length);
        var hashes = new int[looked];
        for (var i = 0; i < looked; i++)
        {
            var hash = default(HashCode);
            hash.AddBytes(column.Data[(i == 0 ? 0 : ends[i - 1])..ends[i]]);
            hashes[i] = hash.ToHashCode();
        }

        return RepeatsIn<int>(hashes);
    }
}
