namespace Sluice.Core.Models.Properties;

/// <summary>What a <c>schema.yml</c> says of a model, a seed or a raw table.</summary>
public sealed record NodeProperties
{
    /// <summary>Nothing said.</summary>
    public static NodeProperties None { get; } = new();

    /// <summary>For people; empty where nothing is written.</summary>
    public string Description { get; init; } = "";

    /// <summary>The columns it speaks of, in the order written.</summary>
    public IReadOnlyList<ColumnProperties> Columns { get; init; } = [];

    /// <summary>The file, relative to the project; null where nothing is written.</summary>
    public string? File { get; init; }

    /// <summary>Anything the user keeps there: texts, numbers, booleans, lists and maps of them.</summary>
    public IReadOnlyDictionary<string, object?> Meta { get; init; } = new Dictionary<string, object?>();

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
