using Sluice.Core.Extraction.Throttling;

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

    /// <summary>How the server is reached; null where the kind has none.</summary>
    public SourceConnection? Connection { get; init; }

    /// <summary>What its sessions may do at most.</summary>
    public SessionGuards Guards { get; init; } = new();

    /// <summary>How fast it may be read, and when.</summary>
    public ThrottleSettings Throttle { get; init; } = new();

    /// <summary>How far behind its clock an interval must lie before it is loaded, so that late commits are in it.</summary>
    public TimeSpan SafetyLag { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What times without an offset mean; null makes such a time an error.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>Secrets that are referred to and cannot be found, each as a sentence. Told when the source is opened.</summary>
    public IReadOnlyList<string> MissingSecrets { get; init; } = [];

    /// <summary>The tables to load, in the order written.</summary>
    public IReadOnlyList<SourceTable> Tables { get; init; } = [];
}
