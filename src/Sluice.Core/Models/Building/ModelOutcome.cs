using Sluice.Core.Models.Testing;

namespace Sluice.Core.Models.Building;

/// <summary>What building a model did.</summary>
/// <param name="AlreadyDone">Nothing that goes into it changed, and nothing was written.</param>
/// <param name="Rows">Rows of its table; null for one that has none of its own.</param>
/// <param name="Tests">How its tests ended.</param>
public sealed record ModelOutcome(bool AlreadyDone, long? Rows, IReadOnlyList<TestResult> Tests);
