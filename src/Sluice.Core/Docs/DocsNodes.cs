using Sluice.Core.Extraction;
using Sluice.Core.Projects;
using Sluice.Core.Tables;

namespace Sluice.Core.Docs;

/// <summary>Everything that has a section on the page, each after what it reads.</summary>
internal sealed class DocsNodes
{
    private readonly Dictionary<TableId, DocsNode> _byTable;
    private readonly ILookup<TableId, TableId> _children;

    private DocsNodes(IReadOnlyList<DocsNode> all)
    {
        All = all;
        _byTable = all.ToDictionary(node => node.Table);
        _children = all.SelectMany(node => node.Parents.Select(parent => (Parent: parent, node.Table)))
            .ToLookup(edge => edge.Parent, edge => edge.Table);
    }

    public IReadOnlyList<DocsNode> All { get; }

    public static DocsNodes Of(ProjectDefinition project)
    {
        var tables = project
            .Sources.Where(source => source.Kind != SourceKind.Import)
            .SelectMany(source => source.Tables.Select(table => TableId.Raw(source.Name, table.Name)))
            .Concat(project.SourceProperties.Select(source => source.Table))
            .Concat(project.Models.Ordered.SelectMany(model => model.Sources))
            .Distinct()
            .Order();
        var sources = tables.Select(table => new DocsNode(table, DocsKind.Source, [])
        {
            Source = project.SourceProperties.FirstOrDefault(source => source.Table == table),
            Tests = [.. project.OtherTests.Where(test => test.Of == table)],
        });
        var models = project.Models.Ordered.Select(model => new DocsNode(
            TableId.Mart(model.Name),
            model.Seed is null ? DocsKind.Model : DocsKind.Seed,
            [.. model.Sources, .. model.Refs.Select(TableId.Mart)]
        )
        {
            Model = model,
            Tests = model.Tests,
        });
        return new([.. sources, .. models]);
    }

    public DocsNode Get(TableId table) => _byTable[table];

    /// <summary>What reads it directly.</summary>
    public IEnumerable<TableId> ChildrenOf(TableId table) => _children[table];

    /// <summary>What it reads through others, without what it reads directly.</summary>
    public IReadOnlyList<TableId> FurtherUp(DocsNode node) => Further(node.Parents, table => Get(table).Parents);

    /// <summary>What reads it through others, without what reads it directly.</summary>
    public IReadOnlyList<TableId> FurtherDown(DocsNode node) =>
        Further([.. ChildrenOf(node.Table)], table => _children[table]);

    private static IReadOnlyList<TableId> Further(IReadOnlyList<TableId> near, Func<TableId, IEnumerable<TableId>> next)
    {
        var (seen, found) = (near.ToHashSet(), new List<TableId>());
        var waiting = new Queue<TableId>(near);
        while (waiting.TryDequeue(out var table))
        {
            foreach (var other in next(table).Where(seen.Add))
            {
                found.Add(other);
                waiting.Enqueue(other);
            }
        }

        return [.. found.Order()];
    }
}
