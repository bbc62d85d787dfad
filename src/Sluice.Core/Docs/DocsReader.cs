using Sluice.Core.Builds;
using Sluice.Core.Models;
using Sluice.Core.Models.Building;
using Sluice.Core.Projects;
using Sluice.Core.Tables;

namespace Sluice.Core.Docs;

/// <summary>Looks up what the lake has of a project's tables.</summary>
public static class DocsReader
{
    /// <summary>Reads the current build and the newest raw tables.</summary>
    /// <param name="project">The project.</param>
    /// <param name="ports">The lake.</param>
    /// <param name="scope">What templates are rendered with.</param>
    /// <param name="cancellationToken">Stops the reading of logs.</param>
    /// <exception cref="PipelineException">A build or a table's log is damaged.</exception>
    public static async Task<DocsContent> ReadAsync(
        ProjectDefinition project,
        ModelingPorts ports,
        ModelScope scope,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(ports);
        var build = await new BuildCatalog(ports.Builds).CurrentAsync(cancellationToken);
        var tables = new Dictionary<TableId, TableSnapshot>();
        foreach (var table in ports.Store.List())
        {
            var snapshot =
                !table.IsMart ? await ports.Store.ReadAsync(table, cancellationToken: cancellationToken)
                : build?.Tables.ContainsKey(table) == true
                    ? await BuildSnapshot.FindAsync(ports.Store, build, table, cancellationToken)
                : null;
            if (snapshot is not null)
            {
                tables[table] = snapshot;
            }
        }

        return new(project, scope, ports.Clock.GetUtcNow()) { Build = build, Tables = tables };
    }
}
