using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Upkeep;

/// <summary>Takes old copies out of a table of snapshots. Their intervals stay done: nothing is loaded again for it.</summary>
/// <param name="store">The lake.</param>
/// <param name="zone">The project's time zone.</param>
public sealed class TableRetention(ITableStore store, TimeZoneInfo zone)
{
    /// <summary>Removes the copies whose interval ended so long before the newest one's end, in one commit.</summary>
    /// <param name="table">The table.</param>
    /// <param name="retain">How long a copy stays.</param>
    /// <param name="loaded">The interval that was just loaded; its copy stays, however old, for the models of the same run.</param>
    /// <param name="cancellationToken">Stops it before anything is changed.</param>
    /// <returns>The days that were removed, in order.</returns>
    public async Task<IReadOnlyList<DateOnly>> RunAsync(
        TableId table,
        TimeSpan retain,
        DataInterval loaded,
        CancellationToken cancellationToken = default
    )
    {
        var snapshot = await store.ReadAsync(table, cancellationToken: cancellationToken);
        if (snapshot is null || snapshot.Log is not null)
        {
            return [];
        }

        var newest = TaskToken
            .ExtractedIntervals(snapshot)
            .Max(id => (DateTimeOffset?)DataInterval.Parse(id, zone).End);
        var cutoff = (newest ?? loaded.End) - retain;
        var old = snapshot
            .Files.Where(file => file.Interval != loaded.Id && DataInterval.Parse(file.Interval, zone).End <= cutoff)
            .ToList();
        if (old.Count == 0)
        {
            return [];
        }

        await store.RewriteAsync(
            table,
            new TableRewrite
            {
                Kind = RewriteKind.Expire,
                Removes = old,
                Watermarks = new Dictionary<string, long> { [RawCommit.Expired] = Micros.From(cutoff) },
            },
            cancellationToken
        );
        return [.. old.Select(file => DataInterval.Parse(file.Interval, zone).LogicalDate).Distinct().Order()];
    }
}
