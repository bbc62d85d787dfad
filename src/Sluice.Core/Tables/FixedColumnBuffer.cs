namespace Sluice.Core.Tables;

/// <summary>Values of one size: numbers, dates as days, timestamps as microseconds, decimals as their unscaled integer.</summary>
/// <param name="column">The column it fills.</param>
public sealed class FixedColumnBuffer<T>(Column column) : ColumnBuffer(column)
    where T : unmanaged
{
    private T[] _values = new T[256];
    private int _count;

    /// <summary>The values that are not null, in row order.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, _count);

    /// <inheritdoc/>
    public override long ByteSize => (long)_count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

    /// <summary>Adds a row.</summary>
    public void Append(T value)
    {
        var (values, count) = (_values, _count);
        if (count >= values.Length)
        {
            Array.Resize(ref _values, count * 2);
            values = _values;
        }

        values[count] = value;
        _count = count + 1;
        AppendPresent();
    }

    /// <summary>Adds rows, and gives the place that their values are to be written to.</summary>
    public Span<T> AppendRows(int rows)
    {
        if (_count + rows > _values.Length)
        {
            Array.Resize(ref _values, Math.Max(_values.Length * 2, _count + rows));
        }

        var added = _values.AsSpan(_count, rows);
        _count += rows;
        AppendPresent(rows);
        return added;
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _count = 0;
    }
}
