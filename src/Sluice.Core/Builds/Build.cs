using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Builds;

/// <summary>The table versions that belong together: what every answer is computed from.</summary>
public sealed record Build
{
    /// <summary>Its number, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The interval it was made for.</summary>
    public required DataInterval Interval { get; init; }

    /// <summary>Whether readers may take it as the current one. A run for an older interval is only recorded.</summary>
    public required bool Promoted { get; init; }

    /// <summary>What went into each model, by its name.</summary>
    public required IReadOnlyDictionary<string, ModelRecord> Models { get; init; }

    /// <summary>The version of every table in it.</summary>
    public required IReadOnlyDictionary<TableId, TableVersion> Tables { get; init; }

    /// <summary>Per event table, by its model's name, the journeys index that was built from the version in it.</summary>
    public IReadOnlyDictionary<string, string> Journeys { get; init; } = new Dictionary<string, string>();

    /// <summary>The fencing token of who published it; 0 for a build of an older version of Sluice.</summary>
    public long Token { get; init; }

    /// <summary>The journal of the run that made it; null for a build of an older version of Sluice.</summary>
    public string? Journal { get; init; }
}
