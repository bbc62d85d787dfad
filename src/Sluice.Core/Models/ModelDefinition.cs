using Sluice.Core.Tables;

namespace Sluice.Core.Models;

/// <summary>A model: one SELECT whose result is a table of the marts zone.</summary>
public sealed record ModelDefinition
{
    /// <summary>Its name: the file's name without <c>.sql</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The file, relative to the project.</summary>
    public required string File { get; init; }

    /// <summary>The models it reads, by <c>ref</c>; without repetition.</summary>
    public required IReadOnlyList<string> Refs { get; init; }

    /// <summary>The raw tables it reads, by <c>source</c>; without repetition.</summary>
    public required IReadOnlyList<TableId> Sources { get; init; }

    /// <summary>How it is built.</summary>
    /// <value>A table.</value>
    public ModelConfig Config { get; init; } = new();

    /// <summary>Makes the statement for one run.</summary>
    public required Func<ModelScope, string> Render { get; init; }
}
