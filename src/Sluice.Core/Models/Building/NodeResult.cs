using Sluice.Core.Models.Testing;

namespace Sluice.Core.Models.Building;

/// <summary>What a run did with a model, for those who ask afterwards.</summary>
/// <param name="Model">The model.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Elapsed">How long it took, with its tests.</param>
public sealed record NodeResult(ModelDefinition Model, DateTimeOffset StartedAt, TimeSpan Elapsed)
{
    /// <summary>The statement that ran; empty where none did.</summary>
    public string Statement { get; init; } = "";

    /// <summary>What was done; null where it failed.</summary>
    public ModelOutcome? Outcome { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>How its tests ended.</summary>
    public IReadOnlyList<TestResult> Tests { get; init; } = [];
}
