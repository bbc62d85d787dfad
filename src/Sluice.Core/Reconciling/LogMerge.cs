using System.Globalization;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Reconciling;

/// <summary>Merges what an interval gives when it is read again into the log of changes. Thread safe.</summary>
/// <param name="engine">Compares the rows.</param>
public sealed class LogMerge(ISqlEngine engine) : ILogMerge
{
    private static readonly TableId New = TableId.Raw("sluice_merge", "new");
    private static readonly TableId Known = TableId.Raw("sluice_merge", "known");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StagedFile>> NewRowsAsync(
        TableSnapshot before,
        ChangeLog log,
        TableSchema columns,
        IReadOnlyList<string> compared,
        ExtractWindow window,
        IReadOnlyList<StagedFile> files,
        string folder,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count == 0)
        {
            return files;
        }

        // What a key's rows have in common with the new ones is the cursor: older rows of the log need not be looked at.
        var cursor = SqlIdentifier.Quote(log.Cursor);
        var recent = window.Low is { } low ? $"where {cursor} is null or {cursor} >= {Literal(columns, log, low)}" : "";
        var key = string.Join(", ", log.Key.Select(SqlIdentifier.Quote));
        var same = string.Join(
            " and ",
            log.Key.Select(SqlIdentifier.Quote)
                .Select(name => $"n.{name} = k.{name}")
                .Concat(
                    compared
                        .Except(log.Key, StringComparer.Ordinal)
                        .Select(SqlIdentifier.Quote)
                        .Select(name => $"n.{name} is not distinct from k.{name}")
                )
        );
        var statement = $"""
            with latest as (
                select * from {SqlIdentifier.Quote(Known)} {recent}
                qualify row_number() over (partition by {key} order by {cursor} desc nulls last, {RawColumns.Seq} desc) = 1
            )
            select n.* from {SqlIdentifier.Quote(New)} n
            anti join (select * from latest where {RawColumns.Op} is distinct from 'delete') k on {same}
            order by n.{RawColumns.Seq}
            """;
        // Columns that are new are null in the log so far, and those that became wider are compared as such.
        var merged = SchemaChange.Between(before.Table, before.Schema, RawColumns.ForTable(columns)).Merged;
        var found = await engine.MaterializeAsync(
            new SqlQuery(
                statement,
                [
                    new SqlRelation(New, columns, [.. files.Select(file => file.AsDataFile())]),
                    new SqlRelation(Known, merged, before.Files),
                ]
            )
            {
                Subject = $"merge into {before.Table}",
            },
            folder,
            "merge",
            cancellationToken
        );
        return found.Files;
    }

    private static string Literal(TableSchema columns, ChangeLog log, long low) =>
        columns.Find(log.Cursor)?.Type.Kind switch
        {
            ColumnKind.Timestamp => string.Create(CultureInfo.InvariantCulture, $"make_timestamptz({low})"),
            // A day that the low falls into counts: it may be of another zone.
            ColumnKind.Date => string.Create(
                CultureInfo.InvariantCulture,
                $"date '1970-01-01' + cast({(low / Micros.PerDay) - 2} as integer)"
            ),
            _ => low.ToString(CultureInfo.InvariantCulture),
        };
}
