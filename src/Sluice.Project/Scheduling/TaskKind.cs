using Sluice.Core.Scheduling;
using Sluice.Project.Yaml;

namespace Sluice.Project.Scheduling;

/// <summary>A kind of task.</summary>
/// <param name="Key">The key that says so, and what the task works on.</param>
/// <param name="Others">The other keys of the kind.</param>
/// <param name="Read">Reads the task's work, from its keys, its DAG and what is around; null, with the problems told, where it is wrong.</param>
internal sealed record TaskKind(
    string Key,
    IReadOnlyList<string> Others,
    Func<YamlMap, DagDefinition, DagScope, TaskWork?> Read
);
