using Microsoft.Data.Sqlite;
using Sluice.Core;
using SQLitePCL;

namespace Sluice.State.Sqlite;

/// <summary>Says what SQLite's error codes mean for those who keep their runs in a file.</summary>
internal static class SqliteStateFault
{
    private const string KeepOrRemove =
        "Put a backup in its place, or move it away to begin anew: the lake stays, and what it has is not loaded again.";

    /// <summary>The store, at the beginning of a sentence.</summary>
    public static string PlaceOf(string path) => $"The run store '{path}'";

    public static PipelineException Of(Exception failure, string path)
    {
        var place = PlaceOf(path);
        var code = failure is SqliteException told ? told.SqliteErrorCode : raw.SQLITE_ERROR;
        PipelineException Is(string what, string? hint, bool isTransient = false) =>
            new($"{place} {what}", failure) { Hint = hint, IsTransient = isTransient };

        return code switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Is(
                "is held by another process, which was waited for.",
                "A process that was stopped in the middle of a change holds it: continue or end it.",
                isTransient: true
            ),
            raw.SQLITE_CANTOPEN => Is(
                "cannot be opened or created.",
                "Check that it is a file, that this user may write to it and to its folder, and that the disk is not mounted read-only."
            ),
            raw.SQLITE_READONLY or raw.SQLITE_PERM => Is(
                "cannot be written.",
                "Check the rights of the file and of its folder, and whether the disk is mounted read-only."
            ),
            raw.SQLITE_FULL => Is(
                "cannot be written: the disk is full.",
                "Free some space and run again: what was committed stays."
            ),
            raw.SQLITE_NOTADB => Is("is not a SQLite database.", $"Check the path. {KeepOrRemove}"),
            raw.SQLITE_CORRUPT => Is($"is damaged: {failure.Message}", KeepOrRemove),
            raw.SQLITE_IOERR => Is(
                $"cannot be read or written: {failure.Message}",
                "Check the disk. SQLite in WAL mode needs a local one, not one of a network."
            ),
            _ => Is($"failed: {failure.Message}", hint: null),
        };
    }
}
