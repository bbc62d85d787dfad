namespace Sluice.Core.Tables;

/// <summary>A bounded run of rows, held by column; filled once, read once, then reused. Not thread safe.</summary>
public sealed class RowPage
{
    /// <summary>Rows at which a page is full.</summary>
    public const int MaxRows = 16_384;

    /// <summary>Bytes at which a page is full: wide rows make short pages.</summary>
    public const long MaxBytes = 4 << 20;

    // Wide enough for a fixed value of any type; what makes a page large are texts.
    private const int FixedBytes = 8;

    private readonly ColumnBuffer _first;
    private readonly BytesColumnBuffer[] _texts;

    /// <summary>Creates an empty page.</summary>
    public RowPage(TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        Columns = [.. schema.Columns.Select(ColumnBuffer.Create)];
        _first = Columns[0];
        _texts = [.. Columns.OfType<BytesColumnBuffer>()];
    }

    /// <summary>The columns it has.</summary>
    public TableSchema Schema { get; }

    /// <summary>A buffer per column, in the schema's order.</summary>
    public IReadOnlyList<ColumnBuffer> Columns { get; }

    /// <summary>Rows in it.</summary>
    public int Rows => _first.Rows;

    /// <summary>Whether the next row belongs into another page. Cheap enough to look after every row.</summary>
    public bool IsFull => Rows >= MaxRows || ByteSize >= MaxBytes;

    /// <summary>Bytes that its values take in memory, about.</summary>
    public long ByteSize
    {
        get
        {
            var bytes = (long)Rows * FixedBytes * (Columns.Count - _texts.Length);
            foreach (var text in _texts)
            {
                bytes += text.ByteSize;
            }

            return bytes;
        }
    }

    /// <summary>Forgets all rows and keeps the memory.</summary>
    public void Clear()
    {
        foreach (var column in Columns)
        {
            column.Clear();
        }
    }
}
