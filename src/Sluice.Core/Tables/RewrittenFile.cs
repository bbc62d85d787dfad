namespace Sluice.Core.Tables;

/// <summary>A staged file that holds the rows of files of one interval, in their order.</summary>
/// <param name="File">The new file.</param>
/// <param name="Of">The files whose rows it has; all of one interval and one partition.</param>
public sealed record RewrittenFile(StagedFile File, IReadOnlyList<DataFile> Of);
