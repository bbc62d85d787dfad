using Sluice.Core.Models.Testing;

namespace Sluice.Core.Scheduling;

/// <summary>What a task did.</summary>
/// <param name="AlreadyDone">It was done before, and nothing was changed.</param>
/// <param name="Rows">Rows it loaded or made; null where it makes none.</param>
/// <param name="Note">Something the user should know; null where there is nothing.</param>
public sealed record TaskOutcome(bool AlreadyDone = false, long? Rows = null, string? Note = null)
{
    /// <summary>Whether it was left out after all.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>How the tests ended that it ran.</summary>
    public IReadOnlyList<TestResult> Tests { get; init; } = [];
}
