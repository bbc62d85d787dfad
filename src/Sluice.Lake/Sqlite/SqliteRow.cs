namespace Sluice.Lake.Sqlite;

/// <summary>The current row of a statement. A value is good until the next step.</summary>
/// <param name="statement">SQLite's own handle; whoever has the row keeps the statement.</param>
internal readonly struct SqliteRow(nint statement)
{
    /// <summary>A value; no null.</summary>
    public SqliteValue this[int index] => new(SqliteNative.Column(statement, index));
}
