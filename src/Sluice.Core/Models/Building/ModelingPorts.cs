using Sluice.Core.Builds;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Models.Testing;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Building;

/// <summary>What a run over the models works with.</summary>
/// <param name="Store">The lake.</param>
/// <param name="Builds">The builds.</param>
/// <param name="Engine">The engine that runs the statements.</param>
/// <param name="Clock">The time of the build.</param>
public sealed record ModelingPorts(ITableStore Store, IBuildStore Builds, ISqlEngine Engine, TimeProvider Clock)
{
    /// <summary>Where journeys indexes go; null builds none.</summary>
    public JourneyPorts? Journeys { get; init; }

    /// <summary>Where runs whose tasks are processes of their own keep what they have done.</summary>
    /// <value>By default in memory: such a run ends with this process.</value>
    public IModelingJournals Journals { get; init; } = new MemoryModelingJournals();

    /// <summary>Where the rows that tests find are kept; null keeps none.</summary>
    public ITestFailureStore? Failures { get; init; }
}
