namespace Sluice.Core.Models.Properties;

/// <summary>What a <c>schema.yml</c> says of a column.</summary>
/// <param name="Name">The column.</param>
/// <param name="Description">For people; empty where nothing is written.</param>
public sealed record ColumnProperties(string Name, string Description)
{
    /// <summary>The type it should have, as written; null where nothing is written.</summary>
    public string? DataType { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Anything the user keeps there: texts, numbers, booleans, lists and maps of them.</summary>
    public IReadOnlyDictionary<string, object?> Meta { get; init; } = new Dictionary<string, object?>();
}
