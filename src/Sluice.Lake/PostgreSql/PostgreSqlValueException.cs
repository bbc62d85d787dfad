using Sluice.Core.Tables;

namespace Sluice.Lake.PostgreSql;

/// <summary>A value does not fit its column. Caught where the row is known.</summary>
/// <param name="column">The column.</param>
/// <param name="found">What was found, without the value itself: <c>the number NaN</c>.</param>
internal sealed class PostgreSqlValueException(Column column, string found) : Exception(found)
{
    public Column Column { get; } = column;

    public string Found { get; } = found;
}
