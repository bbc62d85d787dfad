namespace Sluice.Core.Models;

/// <summary>What building a model did.</summary>
/// <param name="AlreadyDone">Nothing that goes into it changed, and nothing was written.</param>
/// <param name="Rows">Rows of its table.</param>
/// <param name="Version">The table's version.</param>
public sealed record ModelOutcome(bool AlreadyDone, long Rows, long Version);
