namespace Sluice.ParquetWriters;

/// <summary>One column of a page: dense non-null values plus, when nullable, one definition level per row.</summary>
public abstract class PageColumn(string name, ColumnKind kind, bool isNullable, int capacity)
{
    private readonly short[] _definitionLevels = isNullable ? new short[capacity] : [];

    public string Name { get; } = name;

    public ColumnKind Kind { get; } = kind;

    public bool IsNullable { get; } = isNullable;

    public int Capacity { get; } = capacity;

    public int RowCount { get; private set; }

    public int ValueCount { get; private set; }

    public int NullCount => RowCount - ValueCount;

    public ReadOnlySpan<short> DefinitionLevels => IsNullable ? _definitionLevels.AsSpan(0, RowCount) : default;

    public bool IsNull(int row) => IsNullable && _definitionLevels[row] == 0;

    public void AppendNull()
    {
        if (!IsNullable)
        {
            throw new InvalidOperationException($"Column '{Name}' is not nullable.");
        }

        _definitionLevels[RowCount++] = 0;
    }

    public virtual void Reset()
    {
        RowCount = 0;
        ValueCount = 0;
    }

    protected void CountValue()
    {
        if (IsNullable)
        {
            _definitionLevels[RowCount] = 1;
        }

        RowCount++;
        ValueCount++;
    }
}
