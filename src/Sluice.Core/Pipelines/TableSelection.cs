using Sluice.Core.Extraction;
using Sluice.Core.Projects;
using Sluice.Core.Tables;

namespace Sluice.Core.Pipelines;

/// <summary>Finds the table that a user names.</summary>
internal static class TableSelection
{
    /// <summary>The table called <paramref name="name"/>, or <c>source.name</c>.</summary>
    /// <exception cref="DefinitionException">There is none, or several sources have one.</exception>
    public static TableId Find(ProjectDefinition project, string name)
    {
        var all = project
            .Sources.Where(source => source.Kind != SourceKind.Import)
            .SelectMany(source => source.Tables.Select(table => TableId.Raw(source.Name, table.Name)))
            .ToList();
        var found = all.Where(table => table.Name == name || $"{table.Schema}.{table.Name}" == name).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new DefinitionException(
                $"There is no table '{name}' in sluice.yaml.",
                Nearest.Suggest(name, all.Select(table => table.Name))
            ),
            _ => throw new DefinitionException(
                $"Several sources have a table '{name}'.",
                $"Write one of: {string.Join(", ", found.Select(table => $"{table.Schema}.{table.Name}"))}."
            ),
        };
    }
}
