using System.Data.Common;
using Sluice.Core;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.DuckDb.Files;

namespace Sluice.DuckDb;

/// <summary>Says what DuckDB's failures mean for the user.</summary>
internal static class DuckDbFault
{
    public static PipelineException Of(DbException failure, SqlQuery query) => Of(failure.Message, failure, query);

    public static PipelineException Of(string message, Exception? failure, SqlQuery query)
    {
        if (
            query
                .Relations.Select(relation =>
                    failure is not null && relation.File is { } file ? FileFault.Of(failure, file) : null
                )
                .FirstOrDefault(fault => fault is not null) is
            { } own
        )
        {
            return own;
        }

        if (NamedFile(message, query) is { } named)
        {
            return Damaged(named.Table, $"A data file of {named.Table} is damaged: {FirstLine(message)}", failure);
        }

        if (message.Contains("No space left on device", StringComparison.OrdinalIgnoreCase))
        {
            return new($"{query.Subject}: the disk is full: {FirstLine(message)}", failure)
            {
                Hint = "Free some space and run again: nothing half-written is visible, and what was committed stays.",
            };
        }

        if (message.StartsWith("Out of Memory", StringComparison.Ordinal))
        {
            return new($"{query.Subject}: the engine's memory is not enough: {FirstLine(message)}", failure)
            {
                Hint = "Give it more in sluice.yaml, for example: engine: {memory_mib: 4096}",
            };
        }

        return DamagedFileSearch.Run(message, query.Relations) is { } found
            ? Damaged(
                found.Table,
                $"A data file of {found.Table} is damaged: '{found.Path}': {FirstLine(message)}",
                failure
            )
            : new($"{query.Subject}: {message.TrimEnd()}", failure);
    }

    private static (TableId Table, string Path)? NamedFile(string message, SqlQuery query) =>
        query
            .Relations.SelectMany(relation => relation.Files.Select(file => (relation.Table, file.Path)))
            .Where(file => message.Contains(file.Path, StringComparison.Ordinal))
            .Select(file => ((TableId, string)?)file)
            .FirstOrDefault();

    private static PipelineException Damaged(TableId table, string message, Exception? failure) =>
        new(message, failure) { Hint = DataFileCheck.HintFor(table) };

    private static string FirstLine(string message) => message.Split('\n', 2)[0];
}
