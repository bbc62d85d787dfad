namespace Sluice.Core.Tables;

/// <summary>The values of one column of a <see cref="RowPage"/>: which rows are null, and the values of the others.</summary>
/// <param name="column">The column it fills.</param>
public abstract class ColumnBuffer(Column column)
{
    private short[] _levels = new short[256];

    /// <summary>The column it fills.</summary>
    public Column Column { get; } = column;

    /// <summary>Rows so far, nulls included.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows that are null.</summary>
    public int Nulls { get; private set; }

    /// <summary>Parquet's definition level per row: 0 for null, 1 for a value.</summary>
    public ReadOnlySpan<short> Levels => _levels.AsSpan(0, Rows);

    /// <summary>Bytes that the values take in memory.</summary>
    public abstract long ByteSize { get; }

    /// <summary>Adds a row that is null.</summary>
    public void AppendNull()
    {
        AppendLevel(0);
        Nulls++;
    }

    /// <summary>Forgets all rows and keeps the memory.</summary>
    public virtual void Clear() => (Rows, Nulls) = (0, 0);

    /// <summary>Makes the buffer that fits a column.</summary>
    public static ColumnBuffer Create(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.Type.Kind switch
        {
            ColumnKind.Boolean => new FixedColumnBuffer<bool>(column),
            ColumnKind.Byte or ColumnKind.Short or ColumnKind.Integer or ColumnKind.Date => new FixedColumnBuffer<int>(
                column
            ),
            // Eighteen digits fit 64 bits.
            ColumnKind.Decimal when column.Type.Precision > 18 => new FixedColumnBuffer<Int128>(column),
            ColumnKind.Long or ColumnKind.Timestamp or ColumnKind.Decimal => new FixedColumnBuffer<long>(column),
            ColumnKind.Float => new FixedColumnBuffer<float>(column),
            ColumnKind.Double => new FixedColumnBuffer<double>(column),
            ColumnKind.String or ColumnKind.Binary => new BytesColumnBuffer(column),
        };
    }

    /// <summary>Counts a row that has a value.</summary>
    protected void AppendPresent() => AppendLevel(1);

    /// <summary>Counts rows that have a value.</summary>
    protected void AppendPresent(int rows)
    {
        if (Rows + rows > _levels.Length)
        {
            Array.Resize(ref _levels, Math.Max(_levels.Length * 2, Rows + rows));
        }

        _levels.AsSpan(Rows, rows).Fill(1);
        Rows += rows;
    }

    private void AppendLevel(short level)
    {
        var (levels, row) = (_levels, Rows);
        if (row >= levels.Length)
        {
            Array.Resize(ref _levels, row * 2);
            levels = _levels;
        }

        levels[row] = level;
        Rows = row + 1;
    }
}
