using System.Globalization;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Funnels.Questions;

/// <summary>The SELECT over a user's file that gives its rows as events, each column in its type.</summary>
internal static class EventFileQuery
{
    public static string Text(
        SqlFile file,
        EventTable columns,
        EventFileProfile profile,
        EventFileTime? time,
        IReadOnlyList<(long FromMicros, long OffsetMicros)> offsets
    )
    {
        var relation = SqlIdentifier.Quote(SqlFile.Relation);
        var values = string.Join(
            ", ",
            file.Columns.Select((column, i) => $"{SqlIdentifier.Quote(column.Name)} as {Value(i)}")
        );
        var rows =
            time is null || columns.Time is null
                ? $"select {values} from {relation}"
                : $"select *, {time.Micros} as micros, {time.IsLocal} as is_local from {EventFileTime.Rows([time], SqlIdentifier.Quote(columns.Time), values, relation)}";
        var typed = file.Columns.Select(
            (column, i) =>
                $"{(column.Name == columns.Time ? Instant(offsets) : Expression(column, columns, profile, Value(i)))} as {SqlIdentifier.Quote(column.Name)}"
        );
        return $"select {string.Join(", ", typed)} from ({rows})";
    }

    private static string Instant(IReadOnlyList<(long FromMicros, long OffsetMicros)> offsets) =>
        $"make_timestamptz({EventFileTime.Utc("micros", "is_local", offsets)})";

    // 1 and "1" are one user: ids are texts, as they are written.
    private static string Expression(
        SqlFileColumn column,
        EventTable columns,
        EventFileProfile profile,
        string value
    ) =>
        column.Name == columns.User ? $"nullif(cast({value} as varchar), '')"
        : column.Name == columns.Event ? $"cast({value} as varchar)"
        : column.IsUntyped ? $"cast({value} as {NameOf(profile.TypeOf(column))})"
        : column.IsLocalTime ? $"cast({value} as timestamptz)"
        : value;

    private static string NameOf(ColumnType type) =>
        type.Kind switch
        {
            ColumnKind.Long => "bigint",
            ColumnKind.Double => "double",
            ColumnKind.Boolean => "boolean",
            _ => "varchar",
        };

    private static string Value(int place) => string.Create(CultureInfo.InvariantCulture, $"value{place}");
}
