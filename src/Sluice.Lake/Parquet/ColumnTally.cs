using System.Numerics;
using Sluice.Core.Tables;

namespace Sluice.Lake.Parquet;

/// <summary>Nulls and bounds of one column, over the pages of a file.</summary>
internal sealed class ColumnTally
{
    private long _nulls;
    private long? _min;
    private long? _max;

    public void AddNulls(int nulls) => _nulls += nulls;

    public void AddBounds<T>(ReadOnlySpan<T> values)
        where T : struct, IBinaryInteger<T>
    {
        if (values.IsEmpty)
        {
            return;
        }

        var (min, max) = (values[0], values[0]);
        foreach (var value in values)
        {
            min = T.Min(min, value);
            max = T.Max(max, value);
        }

        _min = Math.Min(_min ?? long.MaxValue, long.CreateChecked(min));
        _max = Math.Max(_max ?? long.MinValue, long.CreateChecked(max));
    }

    public ColumnStatistics ToStatistics() => new(_nulls, _min, _max);
}
