using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Models.Resuming;

/// <summary>What a modeling run reads, fixed when it begins: with the project's models, all that its plan follows from.</summary>
public sealed record ModelingPins
{
    /// <summary>The DAG.</summary>
    public required string DagId { get; init; }

    /// <summary>The interval that is built.</summary>
    public required DataInterval Interval { get; init; }

    /// <summary>When it was pinned.</summary>
    public required DateTimeOffset PinnedAt { get; init; }

    /// <summary>The fencing token of who pinned: whoever has a lower one is too late.</summary>
    public required long Token { get; init; }

    /// <summary>The version of every raw table.</summary>
    public required IReadOnlyDictionary<TableId, TableVersion> Tables { get; init; }

    /// <summary>The builds that tables may be taken from, by what they are to the run.</summary>
    public required PinnedBuilds Builds { get; init; }

    /// <summary>Build also what did not change, and incremental tables from nothing.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>The name of the target.</summary>
    public string TargetName { get; init; } = "dev";
}
