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
        return TableName.Find(all, name, "in sluice.yaml");
    }
}
