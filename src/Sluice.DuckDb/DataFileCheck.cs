using Sluice.Core;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.DuckDb;

/// <summary>Looks at every file before a statement reads it: it must be there in the size that the log says, perhaps with its bytes.</summary>
internal static class DataFileCheck
{
    /// <summary>Checks presence and size, and the bytes where the query wants that.</summary>
    /// <exception cref="PipelineException">A file is missing, shorter or longer, or has other bytes.</exception>
    public static void ThrowIfDamaged(SqlQuery query, SqlRelation relation, IDataFileCheck? bytes)
    {
        if (relation.File is { } own)
        {
            ThrowIfChanged(own);
        }

        foreach (var file in relation.Files)
        {
            if (ProblemOf(file, query.ComparesChecksums ? bytes : null) is { } problem)
            {
                throw new PipelineException(MessageFor(query, relation.Table, $"'{file.Path}' {problem}."))
                {
                    Hint = HintFor(relation.Table),
                };
            }
        }
    }

    private static string? ProblemOf(DataFile file, IDataFileCheck? bytes)
    {
        var found = new FileInfo(file.Path);
        return !found.Exists ? "is missing"
            : found.Length != file.Bytes ? $"has {found.Length} bytes instead of {file.Bytes}"
            : bytes?.IsAsWritten(file) == false ? "has other bytes than were written"
            : null;
    }

    private static void ThrowIfChanged(SqlFile file)
    {
        var found = new FileInfo(file.Path);
        if (!found.Exists || found.Length != file.Bytes)
        {
            throw new PipelineException(
                $"The file '{file.Name}' {(found.Exists ? "changed while it was read" : "is gone")}."
            )
            {
                Hint = "Run again when nothing writes to it.",
            };
        }
    }

    /// <summary>What is said of a damaged file, with the model that reads it.</summary>
    public static string MessageFor(SqlQuery query, TableId table, string what) =>
        $"{(query.Origin is { } origin ? $"{origin.Subject}: a" : "A")} data file of {table} is damaged: {what}";

    public static string HintFor(TableId table) =>
        table.IsMart
            ? "Build it again from the raw zone: sluice model --date DATE --full-refresh."
            : "Restore the file from a backup, or load its date again: sluice run --date DATE --reextract.";
}
