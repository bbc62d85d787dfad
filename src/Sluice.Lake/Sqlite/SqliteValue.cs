namespace Sluice.Lake.Sqlite;

/// <summary>A value of a row, in the type that SQLite keeps it in.</summary>
/// <param name="value">SQLite's own handle.</param>
internal readonly struct SqliteValue(nint value)
{
    /// <summary>One of <c>SQLITE_INTEGER</c>, <c>FLOAT</c>, <c>TEXT</c>, <c>BLOB</c> and <c>NULL</c>.</summary>
    public int Kind => SqliteNative.Kind(value);

    public long Integer => SqliteNative.Integer(value);

    public double Number => SqliteNative.Number(value);

    /// <summary>The text in UTF-8; numbers as SQLite prints them.</summary>
    public unsafe ReadOnlySpan<byte> Text
    {
        get
        {
            // The text comes first: it may be converted, which changes its length.
            var text = SqliteNative.Text(value);
            return new(text, text is null ? 0 : SqliteNative.Bytes(value));
        }
    }

    public unsafe ReadOnlySpan<byte> Blob
    {
        get
        {
            var blob = SqliteNative.Blob(value);
            return new(blob, blob is null ? 0 : SqliteNative.Bytes(value));
        }
    }
}
