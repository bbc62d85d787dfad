using System.Globalization;
using System.Text;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.DuckDb.Files;

namespace Sluice.DuckDb;

/// <summary>A table of the lake as a view over its files, or a user's file as a view.</summary>
internal static class RelationView
{
    private const string Partition = "ds";

    public static string Text(SqlRelation relation) =>
        $"create or replace view {SqlIdentifier.Quote(relation.Table)} as {Select(relation)}";

    private static string Select(SqlRelation relation) =>
        relation switch
        {
            { File: { } file } => FileScan.Text(file),
            // The line break ends a comment that the statement may end with.
            { Statement: { } statement } => $"select * from (\n{statement}\n)",
            { Rows: { } rows } => LiteralRows.Text(relation.Schema, rows),
            _ => OfLake(relation),
        };

    private static string OfLake(SqlRelation relation) =>
        relation.Log is { } log ? Current(relation, log) : Rows(relation);

    // The latest row of each key, unless it says that the row is gone.
    private static string Current(SqlRelation relation, ChangeLog log)
    {
        var key = string.Join(", ", log.Key.Select(SqlIdentifier.Quote));
        var latest =
            $"select * from ({Rows(relation)}) qualify row_number() over (partition by {key} "
            + $"order by {SqlIdentifier.Quote(log.Cursor)} desc nulls last, {RawColumns.Seq} desc) = 1";
        var deleted = log.SoftDelete is { } column
            ? $" and {SqlIdentifier.Quote(column)} {(relation.Schema.Find(column)?.Type.Kind switch
                {
                    ColumnKind.Boolean => "is not true",
                    ColumnKind.String or ColumnKind.Binary or ColumnKind.Date or ColumnKind.Timestamp => "is null",
                    _ => "is not distinct from 0",
                })}"
            : "";
        return $"select * from ({latest}) where {RawColumns.Op} is distinct from 'delete'{deleted}";
    }

    private static string Rows(SqlRelation relation)
    {
        var columns = relation.Schema.Columns;
        var partitioned = relation.Files.Any(file => file.Ds is not null);
        var text = new StringBuilder("select ");
        text.AppendJoin(", ", columns.Select(column => SqlIdentifier.Quote(column.Name)));
        if (relation.PathColumn is { } asked)
        {
            text.Append(CultureInfo.InvariantCulture, $", {SqlIdentifier.Quote(asked)}");
        }

        // An empty part first: it gives every column its type, also where no file has it, and where there is no file at all.
        text.Append(" from (select ");
        text.AppendJoin(
            ", ",
            columns.Select(column =>
                $"cast(null as {SqlTypes.NameOf(column.Type)}) as {SqlIdentifier.Quote(column.Name)}"
            )
        );
        var path = relation.PathColumn is { } name ? SqlIdentifier.Quote(name) : null;
        text.Append(path is null ? " where false" : $", cast(null as varchar) as {path} where false");
        foreach (var partition in relation.Files.GroupBy(file => file.Ds))
        {
            // The partition's value comes from the log, not from the path: a folder above may look like a partition, too.
            var ds = partition.Key is { } date
                ? string.Create(CultureInfo.InvariantCulture, $", date '{date:yyyy-MM-dd}' as {Partition}")
                : "";
            text.Append(
                CultureInfo.InvariantCulture,
                $" union all by name select *{(partitioned ? ds : "")}{(path is null ? "" : $", filename as {path}")} from read_parquet(["
            );
            text.AppendJoin(", ", partition.Select(file => SqlIdentifier.Literal(GlobPath.Escape(file.Path))));
            text.Append("], union_by_name = true, hive_partitioning = false");
            text.Append(path is null ? ")" : ", filename = true)");
        }

        return text.Append(')').ToString();
    }
}
