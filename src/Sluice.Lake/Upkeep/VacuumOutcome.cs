using Sluice.Core.Tables;

namespace Sluice.Lake.Upkeep;

/// <summary>What a vacuum removed from a table, or would remove.</summary>
/// <param name="Table">The table.</param>
/// <param name="Files">The files, absolute.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Kept">Files that no version names and that stay, because a writer is at work or they are young.</param>
public sealed record VacuumOutcome(TableId Table, IReadOnlyList<string> Files, long Bytes, int Kept);
