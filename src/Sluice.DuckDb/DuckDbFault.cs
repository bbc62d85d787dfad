using System.Data.Common;
using Sluice.Core;
using Sluice.Core.Sql;

namespace Sluice.DuckDb;

/// <summary>Says what DuckDB's failures mean for the user.</summary>
internal static class DuckDbFault
{
    public static PipelineException Of(DbException failure, SqlQuery query)
    {
        var message = failure.Message;
        var damaged = query
            .Relations.SelectMany(relation => relation.Files.Select(file => (relation.Table, file.Path)))
            .FirstOrDefault(file => message.Contains(file.Path, StringComparison.Ordinal));
        if (damaged.Path is not null)
        {
            return new($"A data file of {damaged.Table} is damaged: {FirstLine(message)}", failure)
            {
                Hint = DataFileCheck.HintFor(damaged.Table),
            };
        }

        if (message.Contains("No space left on device", StringComparison.OrdinalIgnoreCase))
        {
            return new($"{query.Subject}: the disk is full: {FirstLine(message)}", failure)
            {
                Hint = "Free some space and run again: nothing half-written is visible, and what was committed stays.",
            };
        }

        return new($"{query.Subject}: {message.TrimEnd()}", failure);
    }

    private static string FirstLine(string message) => message.Split('\n', 2)[0];
}
