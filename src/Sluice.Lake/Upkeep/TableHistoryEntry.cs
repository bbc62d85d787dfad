namespace Sluice.Lake.Upkeep;

/// <summary>One commit of a table, in the words of the log.</summary>
/// <param name="Version">Its number.</param>
/// <param name="CommittedAt">When.</param>
/// <param name="Operation">What it was: <c>WRITE</c>, <c>OPTIMIZE</c>, <c>DELETE</c>, <c>RESTORE</c>, or another program's word.</param>
/// <param name="Interval">The interval that was loaded or built; null where none was.</param>
/// <param name="AddedFiles">Files that came.</param>
/// <param name="RemovedFiles">Files that went.</param>
/// <param name="AddedRows">Rows in the files that came.</param>
/// <param name="AddedBytes">Bytes of the files that came.</param>
public sealed record TableHistoryEntry(
    long Version,
    DateTimeOffset CommittedAt,
    string Operation,
    string? Interval,
    int AddedFiles,
    int RemovedFiles,
    long AddedRows,
    long AddedBytes
);
