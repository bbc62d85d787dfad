using YamlDotNet.RepresentationModel;

namespace Sluice.Project.Yaml;

/// <summary>Finds a list or map that contains itself by an alias: such a file has no end.</summary>
internal static class YamlCycle
{
    private const int Deepest = 100;

    // Nodes are equal by content, which has no end here.
    private static readonly ReferenceEqualityComparer ByReference = ReferenceEqualityComparer.Instance;

    /// <summary>The first node that contains itself or lies too deep; null where there is none.</summary>
    public static YamlNode? Find(YamlNode root) => Find(root, new(ByReference), new(ByReference), 0);

    private static YamlNode? Find(YamlNode node, HashSet<YamlNode> path, HashSet<YamlNode> done, int depth)
    {
        if (node is YamlScalarNode || done.Contains(node))
        {
            return null;
        }

        if (depth == Deepest || !path.Add(node))
        {
            return node;
        }

        foreach (var child in ChildrenOf(node))
        {
            if (Find(child, path, done, depth + 1) is { } found)
            {
                return found;
            }
        }

        path.Remove(node);
        done.Add(node);
        return null;
    }

    private static IEnumerable<YamlNode> ChildrenOf(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => map.Children.SelectMany(child => new[] { child.Key, child.Value }),
            YamlSequenceNode list => list.Children,
            _ => [],
        };
}
