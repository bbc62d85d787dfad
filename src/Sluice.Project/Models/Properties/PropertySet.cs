using Sluice.Core.Models.Properties;
using Sluice.Core.Models.Testing;
using Sluice.Core.Tables;

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
