namespace Sluice.Core.Tables;

/// <summary>Files that a commit takes over from a version of the table, be they live in its newest one or not.</summary>
/// <param name="Version">The version.</param>
/// <param name="Paths">Absolute paths of files that are live in it.</param>
/// <param name="Rewritten">New files that hold what is kept of others, each with the files that it stands for.</param>
public sealed record KeptFiles(long Version, IReadOnlySet<string> Paths, IReadOnlyList<RewrittenFile> Rewritten);
