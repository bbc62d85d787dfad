namespace Sluice.Core.Tables;

/// <summary>Values of one size: numbers, dates as days, timestamps as microseconds, decimals as their unscaled integer.</summary>
/// <param name="column">The column it fills.</param>
public sealed class FixedColumnBuffer<T>(Column column) : ColumnBuffer(column)
    where T : unmanaged
{
    private T[] _values = new T[256];

    /// <summary>The values that are not null, in row order.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    /// <inheritdoc/>
    public override long ByteSize => (long)Count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

    /// <summary>Adds a row.</summary>
    public void Append(T value)
    {
        var (values, count) = (_values, Count);
        if (count >= values.Length)
        {
            Array.Resize(ref _values, count * 2);
            values = _values;
        }

        values[count] = value;
        Count = count + 1;
    }

    /// <summary>Adds rows, and gives the place that their values are to be written to.</summary>
    public Span<T> AppendRows(int rows)
    {
        if (Count + rows > _values.Length)
        {
            Array.Resize(ref _values, Math.Max(_values.Length * 2, Count + rows));
        }

        var added = _values.AsSpan(Count, rows);
        Count += rows;
        return added;
    }
}
