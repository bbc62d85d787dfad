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
        if (_count == _values.Length)
        {
            Array.Resize(ref _values, _count * 2);
        }

        _values[_count++] = value;
        AppendPresent();
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _count = 0;
    }
}
