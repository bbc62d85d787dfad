using Sluice.Core.Tables;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models.Properties;

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
