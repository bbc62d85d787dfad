using Sluice.Core.Tables;

namespace Sluice.Core.Models.Testing;

/// <summary>What a unit test gives in the place of an input.</summary>
/// <param name="Table">The table that the model names; the model's own for <c>this</c>.</param>
/// <param name="Rows">The rows.</param>
public sealed record UnitInput(TableId Table, UnitRows Rows);
