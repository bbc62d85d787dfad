using Sluice.Core.Models.Building;
using Sluice.Core.Models.Testing;

namespace Sluice.Core.Models.Artifacts;

/// <summary>What a run did with models and tests.</summary>
/// <param name="Models">The models that were built, taken over or failed, in the order in which they ended.</param>
/// <param name="LateTests">How the tests ended that run once all models are built.</param>
/// <param name="Skipped">The models that were not run, since something before them failed.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record RunOutcome(
    IReadOnlyList<NodeResult> Models,
    IReadOnlyList<TestResult> LateTests,
    IReadOnlyList<string> Skipped,
    TimeSpan Elapsed
);
