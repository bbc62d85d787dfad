using Sluice.Core.Models.Properties;
using Sluice.Core.Models.Testing;
using Sluice.Core.Tables;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models.Properties;

/// <summary>What the project's <c>schema.yml</c> files say, collected file by file.</summary>
internal sealed class PropertySet
{
    /// <summary>What is said of models and seeds, by name.</summary>
    public Dictionary<string, WrittenNode> Nodes { get; } = new(StringComparer.Ordinal);

    public List<SourceProperties> Sources { get; } = [];

    /// <summary>The tests, as they are written; those of models, seeds and sources.</summary>
    public List<WrittenTest> Tests { get; } = [];

    public List<UnitTest> UnitTests { get; } = [];

    /// <summary>Raw tables of which models read every copy.</summary>
    public HashSet<TableId> AllCopies { get; } = [];
}

/// <summary>What is said of a model or a seed.</summary>
/// <param name="Node">For people.</param>
/// <param name="Config">Its configuration, below that of its own file.</param>
/// <param name="File">The file, as messages call it.</param>
/// <param name="Line">Where it begins.</param>
internal sealed record WrittenNode(
    NodeProperties Node,
    IReadOnlyDictionary<string, ConfigValue> Config,
    string File,
    int Line
);

/// <summary>A generic test as it is written.</summary>
/// <param name="Kind">What it is called: <c>unique</c>.</param>
/// <param name="Of">What it is written at.</param>
/// <param name="Column">The column it is written at; null for none.</param>
/// <param name="Arguments">What the test itself is given.</param>
/// <param name="Config">How it is run: severity, where, …; null where nothing is said.</param>
/// <param name="Name">The name that was given to it; null for none.</param>
/// <param name="Description">For people.</param>
/// <param name="File">The file, as messages call it.</param>
/// <param name="Line">Where it begins.</param>
internal sealed record WrittenTest(
    string Kind,
    TableId Of,
    string? Column,
    IReadOnlyDictionary<string, object?> Arguments,
    YamlMap? Config,
    string? Name,
    string Description,
    string File,
    int Line
);
