using Sluice.Core.Models.Properties;

namespace Sluice.Project.Models.Properties;

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
