using Sluice.Core.Extraction;
using Sluice.Core.Funnels;
using Sluice.Core.Models;
using Sluice.Core.Models.Properties;
using Sluice.Core.Models.Testing;
using Sluice.Core.Scheduling;
using Sluice.Core.Tables;

namespace Sluice.Core.Projects;

/// <summary>Everything the user wrote: <c>sluice.yaml</c>, the models and the funnels.</summary>
public sealed record ProjectDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of its folder.</summary>
    public required string Root { get; init; }

    /// <summary>The zone in which days begin; also that of the dates on the command line.</summary>
    /// <value>UTC by default.</value>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The sources, in the order written; the import source is among them, defined or not.</summary>
    public required IReadOnlyList<SourceDefinition> Sources { get; init; }

    /// <summary>Raw tables of which models read every copy, as <c>meta: {copies: all}</c> says; no copy is removed for its age.</summary>
    public IReadOnlySet<TableId> TablesOfAllCopies { get; init; } = new HashSet<TableId>();

    /// <summary>The models, ordered.</summary>
    public required ModelGraph Models { get; init; }

    /// <summary>What is written of raw tables in a <c>schema.yml</c>, in the order written.</summary>
    public IReadOnlyList<SourceProperties> SourceProperties { get; init; } = [];

    /// <summary>Tests that are written at no model: singular ones, and those of raw tables.</summary>
    public IReadOnlyList<DataTest> OtherTests { get; init; } = [];

    /// <summary>How event tables are read, by model name.</summary>
    public IReadOnlyDictionary<string, EventTable> Events { get; init; } = new Dictionary<string, EventTable>();

    /// <summary>Where the properties of users come from; null where funnels have none.</summary>
    public UserTable? Users { get; init; }

    /// <summary>The saved funnels, by name.</summary>
    public IReadOnlyDictionary<string, FunnelDefinition> Funnels { get; init; } =
        new Dictionary<string, FunnelDefinition>();

    /// <summary>What is wrong with the saved funnels that cannot be asked, by name; empty where the project was checked as a whole.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Diagnostic>> BrokenFunnels { get; init; } =
        new Dictionary<string, IReadOnlyList<Diagnostic>>();

    /// <summary>All DAGs, of different ids: <c>funnel_pipeline</c> and <c>dimension_modeling</c>, then those that were written besides.</summary>
    /// <value>None where the project is read to ask funnels.</value>
    public IReadOnlyList<DagDefinition> Dags { get; init; } = [];

    /// <summary>The slots of the pools that were written, by name.</summary>
    public IReadOnlyDictionary<string, int> Pools { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether a source holds imported files, which no run loads anew.</summary>
    public bool IsImport(string source) =>
        Sources.Any(known => known.Name == source && known.Kind == SourceKind.Import);

    /// <summary>The saved funnel of that name.</summary>
    /// <exception cref="DefinitionException">There is none, or it is wrong; all its problems are named.</exception>
    public FunnelDefinition Funnel(string name) =>
        Funnels.TryGetValue(name, out var funnel) ? funnel
        : BrokenFunnels.TryGetValue(name, out var problems) ? throw new DefinitionException(problems)
        : throw new DefinitionException(
            $"There is no funnel '{name}' in funnels/.",
            Nearest.Suggest(name, Funnels.Keys.Concat(BrokenFunnels.Keys))
        );
}
