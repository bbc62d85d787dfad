using Sluice.Core.Builds;

namespace Sluice.Lake.Builds;

/// <summary>A build file. Keys are stable: add, never rename.</summary>
internal sealed record StoredBuild
{
    public required DateTimeOffset CreatedAt { get; init; }

    public required string Interval { get; init; }

    public required bool Promoted { get; init; }

    public required IReadOnlyDictionary<string, StoredTable> Tables { get; init; }

    public required IReadOnlyDictionary<string, ModelRecord> Models { get; init; }

    /// <summary>Null in files that were written before there were indexes.</summary>
    public IReadOnlyDictionary<string, string>? Journeys { get; init; }

    public long Token { get; init; }

    public string? Journal { get; init; }

    public static StoredBuild Of(Build build) =>
        new()
        {
            CreatedAt = build.CreatedAt,
            Interval = build.Interval.Id,
            Promoted = build.Promoted,
            Token = build.Token,
            Journal = build.Journal,
            Tables = new SortedDictionary<string, StoredTable>(
                build.Tables.ToDictionary(table => table.Key.ToString(), table => StoredTable.Of(table.Value)),
                StringComparer.Ordinal
            ),
            Journeys = new SortedDictionary<string, string>(build.Journeys.ToDictionary(), StringComparer.Ordinal),
            Models = new SortedDictionary<string, ModelRecord>(build.Models.ToDictionary(), StringComparer.Ordinal),
        };
}
