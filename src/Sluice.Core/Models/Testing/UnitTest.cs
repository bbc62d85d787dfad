namespace Sluice.Core.Models.Testing;

/// <summary>A model run over rows that the test gives, compared with the rows it expects.</summary>
public sealed record UnitTest
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The file it is written in, relative to the project.</summary>
    public required string File { get; init; }

    /// <summary>The 1-based line it begins on.</summary>
    public int Line { get; init; }

    /// <summary>What it says, for people; empty where nothing is written.</summary>
    public string Description { get; init; } = "";

    /// <summary>What the model reads. An input of the model that is not among them is empty.</summary>
    public required IReadOnlyList<UnitInput> Given { get; init; }

    /// <summary>What it must give, in any order; columns that no row names are not compared.</summary>
    public required UnitRows Expect { get; init; }

    /// <summary>Whether the model runs as on a table that is there: <c>overrides: {macros: {is_incremental: true}}</c>.</summary>
    public bool IsIncremental { get; init; }

    /// <summary>Values of <c>var()</c> in this test.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = new Dictionary<string, object?>();

    /// <summary>Values of <c>env_var()</c> in this test.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
