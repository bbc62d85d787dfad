namespace Sluice.ParquetWriters;

/// <summary>A column of fixed-width values.</summary>
public sealed class FixedColumn<T>(string name, ColumnKind kind, bool isNullable, int capacity)
    : PageColumn(name, kind, isNullable, capacity)
    where T : unmanaged
{
    private readonly T[] _values = new T[capacity];

    public ReadOnlyMemory<T> ValuesMemory => _values.AsMemory(0, ValueCount);

    public ReadOnlySpan<T> Values => _values.AsSpan(0, ValueCount);

    public void Append(T value)
    {
        _values[ValueCount] = value;
        CountValue();
    }
}
