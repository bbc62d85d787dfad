using Sluice.Core.Builds;
using Sluice.Core.Models.Planning;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Projects;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Models.Building;

/// <summary>What a run reads, fixed when it began.</summary>
/// <param name="Before">The builds that tables may be taken from.</param>
/// <param name="Tables">The raw tables.</param>
/// <param name="Inputs">What models make of them.</param>
internal sealed record PinnedInputs(
    EarlierBuilds Before,
    IReadOnlyDictionary<TableId, TableSnapshot> Tables,
    ModelInputs Inputs
)
{
    public static PinnedInputs Of(
        ModelingPorts ports,
        ProjectDefinition project,
        DataInterval interval,
        ModelingOptions options,
        EarlierBuilds before,
        IReadOnlyDictionary<TableId, TableSnapshot> tables
    )
    {
        var scope = new ModelScope(interval, ports.Engine.Name)
        {
            TargetName = options.TargetName,
            Variables = options.Variables,
        };
        return new(before, tables, new(project, interval, scope, tables));
    }

    /// <summary>What another process has pinned.</summary>
    /// <exception cref="PipelineException">Something of it is gone.</exception>
    public static async Task<PinnedInputs> ReadAsync(
        ModelingPorts ports,
        ProjectDefinition project,
        ModelingPins pins,
        CancellationToken cancellationToken
    )
    {
        var before = await EarlierBuilds.ReadAsync(ports.Builds, pins.Builds, cancellationToken);
        var tables = new Dictionary<TableId, TableSnapshot>();
        foreach (var (table, version) in pins.Tables)
        {
            tables[table] =
                await BuildSnapshot.FindAsync(ports.Store, table, version, cancellationToken)
                ?? throw new PipelineException(
                    $"The lake no longer has {table} as the run for {pins.Interval.Ds} has pinned it."
                )
                {
                    Hint = $"Run the task of {pins.DagId} that pins the inputs again, and those after it.",
                };
        }

        return Of(ports, project, pins.Interval, new() { TargetName = pins.TargetName }, before, tables);
    }

    /// <summary>What is done with each model: the same in every process, as long as the models are.</summary>
    public Task<ModelPlan> PlanAsync(
        ModelingPorts ports,
        bool fullRefresh,
        IReadOnlySet<string>? selected,
        CancellationToken cancellationToken
    )
    {
        var models = Inputs.Project.Models.Ordered;
        return new ModelPlanner(ports, Inputs, Before, fullRefresh).RunAsync(
            models,
            selected ?? models.Select(model => model.Name).ToHashSet(StringComparer.Ordinal),
            cancellationToken
        );
    }
}
