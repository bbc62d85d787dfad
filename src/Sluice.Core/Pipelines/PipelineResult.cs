using Sluice.Core.Builds;
using Sluice.Core.Models;
using Sluice.Core.Models.Building;
using Sluice.Core.Models.Testing;
using Sluice.Core.Scheduling;

namespace Sluice.Core.Pipelines;

/// <summary>How a run ended.</summary>
/// <param name="Dags">The runs of its DAGs.</param>
/// <param name="Build">The build it published or found unchanged; null when it did not come to that.</param>
/// <param name="AlreadyPublished">Whether the build was there before.</param>
public sealed record PipelineResult(IReadOnlyList<DagRunResult> Dags, Build? Build, bool AlreadyPublished)
{
    /// <summary>What was done with each model, in the order in which they ended.</summary>
    public IReadOnlyList<NodeResult> Models { get; init; } = [];

    /// <summary>How the tests ended that run once all models are built.</summary>
    public IReadOnlyList<TestResult> LateTests { get; init; } = [];

    /// <summary>The models that were not run, since something before them failed.</summary>
    public IReadOnlyList<string> SkippedModels { get; init; } = [];

    /// <summary>What the models were rendered with; null where no models were to be run.</summary>
    public ModelScope? Scope { get; init; }

    /// <summary>Whether every task succeeded.</summary>
    public bool Succeeded => Dags.All(dag => dag.Succeeded);
}
