using Sluice.Core.Models.Properties;
using Sluice.Core.Models.Testing;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Models;

/// <summary>A model: one SELECT, or a seed's file, whose result is a table of the marts zone.</summary>
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

    /// <summary>The file's line behind a line of the statement for one run, both 1-based; null where it is not known.</summary>
    public Func<ModelScope, int, int?> LineOf { get; init; } = (_, _) => null;

    /// <summary>The template as written; empty for a seed.</summary>
    public string RawSql { get; init; } = "";

    /// <summary>The file whose rows it has; null for a SELECT.</summary>
    public SeedFile? Seed { get; init; }

    /// <summary>What a <c>schema.yml</c> says of it.</summary>
    public NodeProperties Properties { get; init; } = NodeProperties.None;

    /// <summary>The tests that are written at it.</summary>
    public IReadOnlyList<DataTest> Tests { get; init; } = [];

    /// <summary>Its unit tests.</summary>
    public IReadOnlyList<UnitTest> UnitTests { get; init; } = [];

    /// <summary>Where the statement for one run comes from.</summary>
    public StatementOrigin OriginOf(ModelScope scope) =>
        new(
            Config.Materialized == Materialization.Ephemeral ? $"ephemeral model {Name}" : $"model {Name}",
            File,
            line => LineOf(scope, line)
        );
}
