using Microsoft.Data.Sqlite;
using Sluice.Core;
using Sluice.Core.Extraction;

namespace Sluice.Lake.Sqlite;

/// <summary>Says what SQLite's error codes mean for the user.</summary>
internal static class SqliteFault
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    public static PipelineException Of(SqliteException failure, SourceDefinition source)
    {
        var place = $"the database '{source.Path}' of the source '{source.Name}'";
        return failure.SqliteErrorCode switch
        {
            Busy or Locked => new($"Another program holds a lock on {place}; it was waited for.", failure)
            {
                IsTransient = true,
                Hint = "Run again when it is done. In WAL mode (PRAGMA journal_mode=WAL) readers need not wait.",
            },
            Corrupt or NotADatabase => new($"SQLite cannot read {place}: {failure.Message}", failure)
            {
                Hint = "Check the path, and the file with PRAGMA integrity_check.",
            },
            _ => new($"SQLite failed on {place}: {failure.Message}", failure),
        };
    }
}
