using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.DuckDb;

/// <summary>Writes the rows of a SELECT into a Parquet file, each column in its lake type.</summary>
internal static class CopyStatement
{
    public static string Text(string statement, IReadOnlyList<QueryColumn> columns, TableSchema schema, string path)
    {
        var given = columns.Select(column => column.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var casts = schema.Columns.Select(column =>
            $"cast({(given.Contains(column.Name) ? SqlIdentifier.Quote(column.Name) : "null")} as {SqlTypes.NameOf(column.Type)}) as {SqlIdentifier.Quote(column.Name)}"
        );
        // The line break ends a comment that the statement may end with.
        return $"""
            copy (select {string.Join(", ", casts)} from (
            {statement}
            )) to {SqlIdentifier.Literal(path)} (format parquet, compression zstd, compression_level 3, return_stats)
            """;
    }
}
