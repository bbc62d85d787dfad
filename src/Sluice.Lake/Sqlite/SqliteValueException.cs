using Sluice.Core.Tables;

namespace Sluice.Lake.Sqlite;

/// <summary>A value does not fit its column. Caught where the row is known.</summary>
/// <param name="column">The column.</param>
/// <param name="found">What was found, without the value itself: <c>a text</c>.</param>
internal sealed class SqliteValueException(Column column, string found) : Exception(found)
{
    public Column Column { get; } = column;

    public string Found { get; } = found;

    public string? Hint { get; init; }
}
