using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Extraction;

/// <summary>Loads a file as a whole copy of a table for one interval into the raw zone, in one commit. Thread safe.</summary>
/// <param name="store">The lake.</param>
/// <param name="clock">The time of <c>_extracted_at</c>.</param>
public sealed class RawLoad(ITableStore store, TimeProvider clock)
{
    /// <summary>Reads the file and commits, or says that the interval is done.</summary>
    /// <param name="feed">The rows.</param>
    /// <param name="table">The table to read.</param>
    /// <param name="target">Where the copy goes.</param>
    /// <param name="interval">The interval that the copy is for.</param>
    /// <param name="again">Read a finished interval again and replace what it has.</param>
    /// <param name="rows">Told the rows read so far.</param>
    /// <param name="cancellationToken">Stops the load; nothing of it stays.</param>
    /// <exception cref="PipelineException">The file is wrong, a column changed its type, or another run was faster.</exception>
    public async Task<LoadOutcome> RunAsync(
        IRowFeed feed,
        SourceTable table,
        TableId target,
        DataInterval interval,
        bool again,
        IProgress<long>? rows = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(table);
        var before = await store.ReadAsync(target, cancellationToken: cancellationToken);
        if (RawCommit.IsDone(before, interval) && !again)
        {
            return LoadOutcome.Done(before!, interval);
        }

        var started = Micros.From(clock.GetUtcNow());
        var columns = await feed.DescribeAsync(table, cancellationToken);
        ThrowUnlessKeyIsThere(table, target, columns);
        var files = RawColumns.ForFiles(target, columns);
        var schema = RawColumns.ForTable(files);
        var change = SchemaChange.Between(target, before?.Schema, schema);

        await using var staging = await store.StageAsync(target, cancellationToken: cancellationToken);
        await using var writer = staging.CreateWriter(files);
        var pipe = new PagePipe<bool>(files, readers: 1);
        var (seq, total) = (RawCommit.FirstSeq(before), 0L);
        await pipe.RunAsync(
            async stop =>
            {
                await foreach (var page in feed.ReadAsync(table, columns, pipe.RentAsync, stop))
                {
                    total += page.Rows;
                    await pipe.SendAsync(page, true, stop);
                    rows?.Report(total);
                }
            },
            (page, _) => seq += RawColumns.Write(writer, page, started, seq),
            cancellationToken
        );
        var commit = new TableCommit
        {
            Interval = interval,
            Token = TaskToken.Next(TaskToken.ExtractOf(interval), before),
            BasedOn = before?.Version ?? -1,
            Replaces = ReplaceScope.Interval,
            Schema = schema,
            Files = writer.Finish(),
            Partitioned = true,
            Watermarks = new Dictionary<string, long> { [RawCommit.HighWatermark(log: null)] = started },
        };
        return await RawCommit.RunAsync(store, target, before, commit, change, again, cancellationToken);
    }

    private static void ThrowUnlessKeyIsThere(SourceTable table, TableId target, TableSchema columns)
    {
        if (table.Key.FirstOrDefault(name => columns.Find(name) is null) is { } missing)
        {
            throw new PipelineException($"The key column '{missing}' of {target} is not in the source.")
            {
                Hint = Nearest.Suggest(missing, columns.Columns.Select(column => column.Name)),
            };
        }
    }
}
