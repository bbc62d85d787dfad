namespace Sluice.Core.Extraction;

/// <summary>A source as <c>sluice.yaml</c> defines it.</summary>
public sealed record SourceDefinition
{
    /// <summary>The source that <c>sluice import</c> fills where the project defines none of that kind.</summary>
    public const string ImportName = "import";

    /// <summary>Its name, also its schema in SQL.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required SourceKind Kind { get; init; }

    /// <summary>Absolute path of the database file; null where the kind has none.</summary>
    public string? Path { get; init; }

    /// <summary>What times without an offset mean; null makes such a time an error.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>The tables to load, in the order written.</summary>
    public IReadOnlyList<SourceTable> Tables { get; init; } = [];
}
