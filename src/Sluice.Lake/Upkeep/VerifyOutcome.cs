namespace Sluice.Lake.Upkeep;

/// <summary>What was looked at, and what is wrong with it.</summary>
/// <param name="Files">Data files.</param>
/// <param name="Rows">Their rows.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Problems">All that was found.</param>
public sealed record VerifyOutcome(long Files, long Rows, long Bytes, IReadOnlyList<TableProblem> Problems);
