using Sluice.Core.Tables;

namespace Sluice.Lake.Upkeep;

/// <summary>Something that is wrong with a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="File">Absolute path of the file; null where it is the table as a whole.</param>
/// <param name="Problem">What is wrong, as the end of a sentence about it.</param>
public sealed record TableProblem(TableId Table, string? File, string Problem);
