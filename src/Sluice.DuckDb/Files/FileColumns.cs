using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.DuckDb.Files;

/// <summary>The columns of a user's file, as the engine tells them.</summary>
internal static class FileColumns
{
    private const string Text = "VARCHAR";

    /// <summary>The columns of a CSV file: texts, whatever they stand for.</summary>
    public static IReadOnlyList<SqlFileColumn> OfCsv(IEnumerable<string> names) =>
        [.. names.Select(name => new SqlFileColumn(name, ColumnKind.String, Text) { IsUntyped = true })];

    /// <summary>The keys of JSON objects.</summary>
    public static IReadOnlyList<SqlFileColumn> OfJson(IEnumerable<JsonKey> keys) =>
        [
            .. keys.Select(key =>
                key.Kinds == JsonKinds.Truth
                    ? new SqlFileColumn(key.Name, ColumnKind.Boolean, "BOOLEAN") { Firsts = key.Firsts }
                    : new SqlFileColumn(key.Name, ColumnKind.String, Text)
                    {
                        // Whole numbers may be too long for one: their digits decide.
                        IsUntyped = key.Kinds == JsonKinds.Number,
                        Firsts = key.Firsts,
                    }
            ),
        ];

    /// <summary>The columns of a Parquet file.</summary>
    /// <param name="columns">Names and types, as DuckDB describes them.</param>
    /// <param name="instants">Columns of an old type that DuckDB takes for wall-clock time, and that holds UTC.</param>
    public static IReadOnlyList<SqlFileColumn> OfParquet(
        IEnumerable<QueryColumn> columns,
        IReadOnlySet<string> instants
    ) =>
        [
            .. columns.Select(column => new SqlFileColumn(column.Name, TypeOf(column.Type), column.Type)
            {
                IsLocalTime =
                    column.Type is "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS"
                    && !instants.Contains(column.Name),
            }),
        ];

    /// <summary>Whether values of the type are lists, structures or maps, which statements see as JSON text.</summary>
    public static bool IsNested(string engineType) => ReadableColumns.KindOf(new("", engineType)) == ResultKind.Json;

    private static ColumnType TypeOf(string engineType) =>
        engineType == "TIMESTAMP_NS" ? ColumnKind.Timestamp
        : engineType == "HUGEINT" ? ColumnKind.String
        : SqlTypes.Find(engineType) ?? ColumnKind.String;
}
