using Sluice.Core.Extraction;
using Sluice.Core.Extraction.Throttling;
using Sluice.Core.Tables;

namespace Sluice.Core.Reconciling;

/// <summary>Goes through a table of the source in ranges of its key, a page each, and gets the checksum of each. For one caller at a time.</summary>
/// <param name="source">The session.</param>
/// <param name="columns">The columns that are compared.</param>
/// <param name="shape">What the source has.</param>
/// <param name="plan">The key, and whether the source computes the checksums.</param>
/// <param name="throttle">The pace.</param>
/// <param name="clock">Measures how long pages take.</param>
/// <param name="read">Told the rows that were gone through.</param>
internal sealed class SourceDigests(
    ISource source,
    SelectedColumns columns,
    SourceShape shape,
    DigestPlan plan,
    IThrottle throttle,
    TimeProvider clock,
    Action<long> read
)
{
    private readonly RowPage _page = new(columns.Lake);
    private readonly PageDigest _digest = new(columns.Lake);

    /// <summary>The ranges of a part of the table, of a page each, which leave no key out.</summary>
    /// <param name="target">The table, for the metrics.</param>
    /// <param name="low">The least key.</param>
    /// <param name="high">The greatest key.</param>
    /// <param name="maxRows">Most rows of a range.</param>
    /// <param name="most">Most ranges: the rest is left for another call.</param>
    /// <param name="cancellationToken">Ends the statement at hand.</param>
    public async Task<List<KeyRange>> ReadAsync(
        TableId target,
        long low,
        long high,
        int maxRows,
        int most,
        CancellationToken cancellationToken
    )
    {
        var ranges = new List<KeyRange>();
        while (ranges.Count < most)
        {
            var digest = await NextAsync(target, low, high, maxRows, cancellationToken);
            read(digest.Rows);
            // Behind the last row the source has nothing, and the lake should have nothing.
            var last = digest.IsEnd || digest.LastKey is not { } key || key >= high ? high : key;
            ranges.Add(new(low, last, digest));
            if (last == high)
            {
                break;
            }

            low = last + 1;
        }

        return ranges;
    }

    private async Task<RangeDigest> NextAsync(
        TableId target,
        long low,
        long high,
        int maxRows,
        CancellationToken cancellationToken
    )
    {
        using var turn = await throttle.WaitAsync(cancellationToken);
        var request = new PageRequest
        {
            Shape = shape,
            Columns = columns.Read,
            Order = [plan.Key.Name],
            Lower = low == long.MinValue ? null : source.BoundAt(plan.Key, low),
            Upper = high == long.MaxValue ? null : source.BoundAt(plan.Key, high + 1),
            MaxRows = Math.Min(maxRows, turn.MaxRows),
        };
        var started = clock.GetTimestamp();
        var isRemote = plan.WhyRead is null;
        var digest = isRemote
            ? await source.Digests!.ReadAsync(request, cancellationToken)
            : await ReadPageAsync(request, cancellationToken);
        var bytes = isRemote ? 0 : _page.ByteSize;
        turn.Report((int)digest.Rows, bytes);
        ExtractMetrics.Page(target, isRemote ? 0 : (int)digest.Rows, bytes, clock.GetElapsedTime(started));
        return digest;
    }

    private async Task<RangeDigest> ReadPageAsync(PageRequest request, CancellationToken cancellationToken)
    {
        _page.Clear();
        var next = await source.ReadPageAsync(request, _page, cancellationToken);
        columns.Replace(_page);
        var (first, second) = _digest.Sum(_page);
        return new(_page.Rows, first, second, LastKey(), IsEnd: next is null);
    }

    private long? LastKey() =>
        _page.Rows == 0
            ? null
            : _page.Columns.First(column => column.Column.Name == plan.KeyInLake) switch
            {
                FixedColumnBuffer<int> key => key.Values[^1],
                FixedColumnBuffer<long> key => key.Values[^1],
                var other => throw new InvalidOperationException($"The key is {other.Column.Type}."),
            };
}
