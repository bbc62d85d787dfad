namespace Sluice.Core.Tables;

/// <summary>The values of one column of a <see cref="RowPage"/>: which rows are null, and the values of the others.</summary>
/// <param name="column">The column it fills.</param>
public abstract class ColumnBuffer(Column column)
{
    // All 1 but for the rows that are null: a value needs nothing to be written here.
    private short[] _levels = [];

    /// <summary>The column it fills.</summary>
    public Column Column { get; } = column;

    /// <summary>Rows so far, nulls included.</summary>
    public int Rows => Count + Nulls;

    /// <summary>Rows that are null.</summary>
    public int Nulls { get; private set; }

    /// <summary>Parquet's definition level per row: 0 for null, 1 for a value.</summary>
    public ReadOnlySpan<short> Levels
    {
        get
        {
            ReserveLevels(Rows);
            return _levels.AsSpan(0, Rows);
        }
    }

    /// <summary>Bytes that the values take in memory.</summary>
    public abstract long ByteSize { get; }

    /// <summary>Rows that have a value.</summary>
    protected int Count { get; set; }

    /// <summary>Adds a row that is null.</summary>
    public void AppendNull()
    {
        var row = Rows;
        ReserveLevels(row + 1);
        _levels[row] = 0;
        Nulls++;
    }

    /// <summary>Forgets all rows and keeps the memory.</summary>
    public virtual void Clear()
    {
        if (Nulls > 0)
        {
            _levels.AsSpan(0, Math.Min(Rows, _levels.Length)).Fill(1);
        }

        (Count, Nulls) = (0, 0);
    }

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

    private void ReserveLevels(int rows)
    {
        var length = _levels.Length;
        if (rows > length)
        {
            Array.Resize(ref _levels, Math.Max(Math.Max(length * 2, 256), rows));
            _levels.AsSpan(length).Fill(1);
        }
    }
}
