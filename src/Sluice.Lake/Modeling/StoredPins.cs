using Sluice.Core.Models.Resuming;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.Lake.Builds;

namespace Sluice.Lake.Modeling;

/// <summary>The first entry of a journal. Keys are stable: add, never rename.</summary>
internal sealed record StoredPins
{
    public required string Id { get; init; }

    public required string DagId { get; init; }

    public required string Interval { get; init; }

    public required DateTimeOffset PinnedAt { get; init; }

    public required long Token { get; init; }

    public required bool FullRefresh { get; init; }

    public required string TargetName { get; init; }

    public required PinnedBuilds Builds { get; init; }

    public required IReadOnlyDictionary<string, StoredTable> Tables { get; init; }

    public static StoredPins Of(string id, ModelingPins pins) =>
        new()
        {
            Id = id,
            DagId = pins.DagId,
            Interval = pins.Interval.Id,
            PinnedAt = pins.PinnedAt,
            Token = pins.Token,
            FullRefresh = pins.FullRefresh,
            TargetName = pins.TargetName,
            Builds = pins.Builds,
            Tables = new SortedDictionary<string, StoredTable>(
                pins.Tables.ToDictionary(table => table.Key.ToString(), table => StoredTable.Of(table.Value)),
                StringComparer.Ordinal
            ),
        };

    public ModelingPins ToPins(TimeZoneInfo zone) =>
        new()
        {
            DagId = DagId,
            Interval = DataInterval.Parse(Interval, zone),
            PinnedAt = PinnedAt,
            Token = Token,
            FullRefresh = FullRefresh,
            TargetName = TargetName,
            Builds = Builds,
            Tables = Tables.ToDictionary(table => TableId.Parse(table.Key), table => table.Value.ToVersion()),
        };
}
