using Sluice.Lake.Delta;

namespace Sluice.Lake.Upkeep;

/// <summary>Reads a log as a list of what was done.</summary>
internal static class TableHistory
{
    public static async Task<IReadOnlyList<TableHistoryEntry>> ReadAsync(
        DeltaLog log,
        CancellationToken cancellationToken
    )
    {
        var entries = new List<TableHistoryEntry>();
        foreach (var version in log.Versions().OrderDescending())
        {
            entries.Add(Entry(version, await log.ReadAsync(version, cancellationToken)));
        }

        return entries;
    }

    private static TableHistoryEntry Entry(long version, List<DeltaAction> actions)
    {
        var info = actions.Find(action => action.CommitInfo is not null)?.CommitInfo;
        var adds = actions.Where(action => action.Add is not null).Select(action => action.Add!).ToList();
        return new(
            version,
            DateTimeOffset.FromUnixTimeMilliseconds(info?.Timestamp ?? 0),
            info?.Operation ?? "unknown",
            info?.OperationParameters?.GetValueOrDefault("interval"),
            adds.Count,
            actions.Count(action => action.Remove is not null),
            adds.Sum(add => Math.Max(0, DeltaStatistics.Read(add.Stats).Rows)),
            adds.Sum(add => add.Size)
        );
    }
}
