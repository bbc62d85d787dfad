using Sluice.Core.Tables;

namespace Sluice.Core.Models.Building;

/// <summary>Decides the columns of an incremental model's table by its <c>on_schema_change</c>.</summary>
internal static class IncrementalColumns
{
    /// <summary>The columns from now on.</summary>
    /// <exception cref="PipelineException">The change is not allowed, or a column has a type that does not widen the old one.</exception>
    public static TableSchema Of(string subject, SchemaChangePolicy policy, TableSchema before, TableSchema made)
    {
        var added = made.Columns.Where(column => before.Find(column.Name) is null).ToList();
        var missing = before.Columns.Where(column => made.Find(column.Name) is null).ToList();
        if (policy == SchemaChangePolicy.Fail && (added.Count > 0 || missing.Count > 0))
        {
            throw Refused(subject, $"its columns changed ({Words(added, missing)})");
        }

        // As the INSERT of a database would: it names the table's columns, and all must be there.
        if (policy == SchemaChangePolicy.Ignore && missing.Count > 0)
        {
            throw Refused(subject, $"it no longer gives {Names(missing)}");
        }

        IEnumerable<Column> kept = before.Columns.Select(column => Wider(subject, column, made.Find(column.Name)));
        return policy switch
        {
            SchemaChangePolicy.AppendNewColumns => new([.. kept, .. added]),
            SchemaChangePolicy.SyncAllColumns => new([
                .. kept.Where(column => made.Find(column.Name) is not null),
                .. added,
            ]),
            _ => new(kept),
        };
    }

    private static Column Wider(string subject, Column before, Column? made) =>
        made is null || made.Type == before.Type || made.Type.WidensTo(before.Type) ? before
        : before.Type.WidensTo(made.Type) ? before with { Type = made.Type }
        : throw Refused(
            subject,
            $"the column '{before.Name}' is {made.Type} now and {before.Type} in the rows that are there"
        );

    private static PipelineException Refused(string subject, string what) =>
        new($"{subject}: {what}.")
        {
            Hint =
                "Build the table anew with --full-refresh, or set on_schema_change (append_new_columns, sync_all_columns).",
        };

    private static string Words(List<Column> added, List<Column> missing) =>
        string.Join(
            "; ",
            new[]
            {
                added.Count > 0 ? $"new: {Names(added)}" : null,
                missing.Count > 0 ? $"gone: {Names(missing)}" : null,
            }.OfType<string>()
        );

    private static string Names(List<Column> columns) => string.Join(", ", columns.Select(column => column.Name));
}
