using Sluice.Core.Tables;

namespace Sluice.Lake.Parquet;

/// <summary>Decides from a column's first values whether a dictionary will make it smaller.</summary>
internal static class DictionaryChoice
{
    private const int Sample = 4096;

    /// <summary>Whether fewer than half of the first values are different; true where there are none to look at.</summary>
    public static bool IsWorthIt(ColumnBuffer column) =>
        column switch
        {
            FixedColumnBuffer<long> longs => RepeatsIn(longs.Values),
            FixedColumnBuffer<Int128> wide => RepeatsIn(wide.Values),
            FixedColumnBuffer<double> doubles => RepeatsIn(doubles.Values),
            BytesColumnBuffer bytes => RepeatsIn(bytes),
            _ => true,
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
