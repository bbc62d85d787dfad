using Sluice.Core.Tables;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Where the rows of an answer come from.</summary>
public sealed record SourceProvenance
{
    /// <summary>The build; null for a file.</summary>
    public long? Build { get; init; }

    /// <summary>The local date of the build's interval; null for a file.</summary>
    public DateOnly? LogicalDate { get; init; }

    /// <summary>The versions of the tables that were read, by name.</summary>
    public IReadOnlyDictionary<TableId, long> Tables { get; init; } = new Dictionary<TableId, long>();

    /// <summary>The file; null for a build.</summary>
    public string? File { get; init; }
}
