namespace Sluice.Core.Tables;

/// <summary>A bounded run of rows, held by column; filled once, read once, then reused. Not thread safe.</summary>
public sealed class RowPage
{
    /// <summary>Rows at which a page is full.</summary>
    public const int MaxRows = 16_384;

    /// <summary>Bytes at which a page is full: wide rows make short pages.</summary>
    public const long MaxBytes = 4 << 20;

    /// <summary>Creates an empty page.</summary>
    public RowPage(TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        Columns = [.. schema.Columns.Select(ColumnBuffer.Create)];
    }

    /// <summary>The columns it has.</summary>
    public TableSchema Schema { get; }

    /// <summary>A buffer per column, in the schema's order.</summary>
    public IReadOnlyList<ColumnBuffer> Columns { get; }

    /// <summary>Rows in it.</summary>
    public int Rows => Columns[0].Rows;

    /// <summary>Whether the next row belongs into another page. Looked at once in a while, it costs a pass over the columns.</summary>
    public bool IsFull => Rows >= MaxRows || Columns.Sum(column => column.ByteSize) >= MaxBytes;

    /// <summary>Forgets all rows and keeps the memory.</summary>
    public void Clear()
    {
        foreach (var column in Columns)
        {
            column.Clear();
        }
    }
}
