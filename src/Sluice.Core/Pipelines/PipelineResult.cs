using Sluice.Core.Builds;
using Sluice.Core.Scheduling;

namespace Sluice.Core.Pipelines;

/// <summary>How a run ended.</summary>
/// <param name="Dags">The runs of its DAGs.</param>
/// <param name="Build">The build it published or found unchanged; null when it did not come to that.</param>
/// <param name="AlreadyPublished">Whether the build was there before.</param>
public sealed record PipelineResult(IReadOnlyList<DagRunResult> Dags, Build? Build, bool AlreadyPublished)
{
    /// <summary>Whether every task succeeded.</summary>
    public bool Succeeded => Dags.All(dag => dag.Succeeded);
}
