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

    public static PipelineException Of(string message, Exception? failure, SqlQuery query) =>
        Find(message, failure, query) ?? new($"{query.Subject}: {message.TrimEnd()}", failure);

    /// <summary>The failure, if it is one of files, of the disk or of memory.</summary>
    public static PipelineException? Find(string message, Exception? failure, SqlQuery query)
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
            return Damaged(named.Table, FirstLine(message));
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
            ? Damaged(found.Table, $"'{found.Path}': {FirstLine(message)}")
            : null;

        PipelineException Damaged(TableId table, string what) =>
            new(DataFileCheck.MessageFor(query, table, what), failure) { Hint = DataFileCheck.HintFor(table) };
    }

    private static (TableId Table, string Path)? NamedFile(string message, SqlQuery query) =>
        query
            .Relations.SelectMany(relation => relation.Files.Select(file => (relation.Table, file.Path)))
            .Where(file => message.Contains(file.Path, StringComparison.Ordinal))
            .Select(file => ((TableId, string)?)file)
            .FirstOrDefault();

    private static string FirstLine(string message) => message.Split('\n', 2)[0];
}
