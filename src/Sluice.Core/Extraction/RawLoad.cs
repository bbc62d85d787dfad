using System.Threading.Channels;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Extraction;

/// <summary>Loads a whole copy of one source table for one interval into the raw zone, in one commit. Thread safe.</summary>
/// <param name="store">The lake.</param>
/// <param name="clock">The time of <c>_extracted_at</c>.</param>
public sealed class RawLoad(ITableStore store, TimeProvider clock)
{
    /// <summary>The application of the <c>txn</c> action that keeps a table's high watermark, in microseconds.</summary>
    public const string HighWatermark = "sluice.high";

    /// <summary>Reads the source and commits, or says that the interval is done.</summary>
    /// <param name="source">The open source.</param>
    /// <param name="table">The table to read.</param>
    /// <param name="target">Where the copy goes.</param>
    /// <param name="interval">The interval that the copy is for.</param>
    /// <param name="again">Read a finished interval again and replace what it has.</param>
    /// <param name="rows">Told the rows read so far.</param>
    /// <param name="cancellationToken">Stops the load; nothing of it stays.</param>
    /// <exception cref="PipelineException">The source failed, a column changed its type, or another run was faster.</exception>
    public async Task<LoadOutcome> RunAsync(
        ISource source,
        SourceTable table,
        TableId target,
        DataInterval interval,
        bool again,
        IProgress<long>? rows = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        var before = await store.ReadAsync(target, cancellationToken: cancellationToken);
        var application = TaskToken.ExtractOf(interval);
        if (IsDone(before, interval) && !again)
        {
            return LoadOutcome.Done(before!, interval);
        }

        var high = await source.ReadClockAsync(cancellationToken);
        var columns = await source.DescribeAsync(table, cancellationToken);
        ThrowUnlessKeyIsThere(table, target, columns);
        var files = RawColumns.ForFiles(target, columns);
        var schema = RawColumns.ForTable(files);
        var change = SchemaChange.Between(target, before?.Schema, schema);

        await using var staging = await store.StageAsync(target, cancellationToken);
        var firstSeq = 1 + (before?.Files.Max(file => (long?)file.MaxValues.GetValueOrDefault(RawColumns.Seq)) ?? 0);
        var staged = await CopyAsync(source, table, files, firstSeq, staging, rows, cancellationToken);

        var commit = new TableCommit
        {
            Interval = interval,
            Token = TaskToken.Next(application, before),
            Replaces = ReplaceScope.Interval,
            Schema = schema,
            Files = staged,
            Partitioned = true,
            Watermarks = new Dictionary<string, long> { [HighWatermark] = Micros.From(high) },
        };
        try
        {
            var version = await store.CommitAsync(target, commit, cancellationToken);
            return new LoadOutcome(
                AlreadyDone: false,
                staged.Sum(file => file.Rows),
                version,
                change.Added,
                Dropped(change, before)
            );
        }
        catch (TableConflictException) when (!again)
        {
            // Another run has loaded the interval meanwhile: it is done, which is all that was asked.
            var now = await store.ReadAsync(target, cancellationToken: cancellationToken);
            return LoadOutcome.Done(now!, interval);
        }
    }

    /// <summary>Whether the table has the rows of the interval.</summary>
    public static bool IsDone(TableSnapshot? snapshot, DataInterval interval) =>
        snapshot?.Transactions.GetValueOrDefault(TaskToken.ExtractOf(interval)) > 0;

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

    private static IReadOnlyList<Column> Dropped(SchemaChange change, TableSnapshot? before) =>
        before is null ? [] : change.Missing;

    private async Task<IReadOnlyList<StagedFile>> CopyAsync(
        ISource source,
        SourceTable table,
        TableSchema schema,
        long firstSeq,
        IStagingArea staging,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        await using var writer = staging.CreateWriter(schema);
        var sourceColumns = new TableSchema(schema.Columns.Take(schema.Columns.Count - 3));
        var pool = new PagePool(schema);
        var extractedAt = Micros.From(clock.GetUtcNow());

        // The writer's turn runs on another thread than the reader's: the channel hands the page over.
        var filled = Channel.CreateBounded<RowPage>(1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(writer, filled.Reader, pool, stop);
        try
        {
            var total = 0L;
            await foreach (var page in source.ReadAsync(table, sourceColumns, pool.RentAsync, stop.Token))
            {
                var count = page.Rows;
                RawColumns.Fill(page, count, extractedAt, firstSeq + total);
                total += count;
                await filled.Writer.WriteAsync(page, stop.Token);
                progress?.Report(total);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The writer failed and stopped the reader: its failure is the one to tell.
        }
        catch
        {
            // The writer must be at rest before it is disposed: it works in native code on another thread.
            filled.Writer.TryComplete();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        filled.Writer.TryComplete();
        await writing;
        return writer.Finish();
    }

    private static async Task WriteAsync(
        IPageWriter writer,
        ChannelReader<RowPage> filled,
        PagePool pool,
        CancellationTokenSource stop
    )
    {
        try
        {
            await foreach (var page in filled.ReadAllAsync(CancellationToken.None))
            {
                writer.Write(page);
                pool.Return(page);
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }
}
