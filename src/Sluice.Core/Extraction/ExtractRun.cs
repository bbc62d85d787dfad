using Sluice.Core.Extraction.Throttling;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Extraction;

/// <summary>Reads what an extract still lacks into part files, and keeps a note of how far it is. Used once.</summary>
/// <param name="sources">Opens further sessions.</param>
/// <param name="definition">The source.</param>
/// <param name="plan">What is read.</param>
/// <param name="staging">Where the part files go.</param>
/// <param name="throttle">The pace.</param>
/// <param name="clock">The time of <c>_extracted_at</c>, and of part files.</param>
internal sealed class ExtractRun(
    ISourceFactory sources,
    SourceDefinition definition,
    ExtractPlan plan,
    IStagingArea staging,
    IThrottle throttle,
    TimeProvider clock
)
{
    // A part is closed when it is large or old, whichever comes first: so much is read again after a crash.
    private const long PartBytes = 128L << 20;
    private static readonly TimeSpan PartAge = TimeSpan.FromSeconds(20);

    private readonly List<ExtractRange> _ranges = [];
    private readonly List<StagedFile> _parts = [];
    private long _seq;
    private long _rows;

    /// <summary>Reads the ranges of <paramref name="state"/> to their ends.</summary>
    /// <param name="first">A session that is open; others are opened for further ranges.</param>
    /// <param name="state">How far an earlier attempt came.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellationToken">Ends the statement at hand.</param>
    /// <returns>All part files.</returns>
    public async Task<IReadOnlyList<StagedFile>> RunAsync(
        ISource first,
        ExtractManifest state,
        IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        _ranges.AddRange(state.Ranges);
        _parts.AddRange(state.Parts);
        (_seq, _rows) = (state.NextSeq, state.Parts.Sum(part => part.Rows));
        var todo = new Queue<int>(Enumerable.Range(0, _ranges.Count).Where(place => !_ranges[place].IsDone));
        var readers = Math.Clamp(Math.Min(todo.Count, definition.Throttle.MaxConnections), 1, 64);
        await using var writer = staging.CreateWriter(plan.Files, isGentle: definition.Throttle.IsAdaptive);
        var pipe = new PagePipe<RangeStep>(plan.Files, readers);
        var extractedAt = Micros.From(clock.GetUtcNow());
        var opened = clock.GetTimestamp();
        long? expected = plan.Cursor is null ? plan.Shape.EstimatedRows : null;
        var isWriting = false;
        try
        {
            await pipe.RunAsync(stop => ReadAsync(first, todo, readers, pipe, stop), Write, cancellationToken);
        }
        catch when (!isWriting)
        {
            // The source failed or was left: what it gave is worth keeping.
            TryKeep(writer, state);
            throw;
        }

        _parts.AddRange(writer.Finish());
        return _parts;

        void Write(RowPage page, RangeStep step)
        {
            isWriting = true;
            var rows = RawColumns.Write(writer, page, extractedAt, _seq);
            (_seq, _rows, _ranges[step.Place]) = (_seq + rows, _rows + rows, step.Range);
            progress?.Report(new LoadProgress(_rows, expected, throttle.State));
            if (writer.OpenBytes >= PartBytes || clock.GetElapsedTime(opened) >= PartAge)
            {
                Keep(writer, state);
                opened = clock.GetTimestamp();
            }

            isWriting = false;
        }
    }

    private void TryKeep(IPageWriter writer, ExtractManifest state)
    {
        try
        {
            if (_rows > state.Parts.Sum(part => part.Rows))
            {
                Keep(writer, state);
            }
        }
        catch (PipelineException)
        {
            // It is read again; the failure to tell is the one that ended the extract.
        }
    }

    private async Task ReadAsync(
        ISource first,
        Queue<int> todo,
        int readers,
        PagePipe<RangeStep> pipe,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tasks = Enumerable.Range(0, readers).Select(reader => ReadSomeAsync(reader == 0 ? first : null)).ToList();
        // The first failure ends the others, and is the one to tell.
        await foreach (var task in Task.WhenEach(tasks).WithCancellation(CancellationToken.None))
        {
            if (!task.IsCompletedSuccessfully)
            {
                await stop.CancelAsync();
                await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await task;
            }
        }

        async Task ReadSomeAsync(ISource? open)
        {
            await Task.Yield();
            var source = open ?? await sources.OpenAsync(definition, stop.Token);
            try
            {
                var reader = new RangeReader(source, plan, throttle, pipe, clock);
                while (TryTake(todo) is { } place)
                {
                    await reader.RunAsync(place, _ranges[place], stop.Token);
                }
            }
            finally
            {
                if (open is null)
                {
                    await source.DisposeAsync();
                }
            }
        }
    }

    private static int? TryTake(Queue<int> todo)
    {
        lock (todo)
        {
            return todo.TryDequeue(out var place) ? place : null;
        }
    }

    // What is read from end to end by one statement cannot be resumed, so nothing of it is kept.
    private void Keep(IPageWriter writer, ExtractManifest state)
    {
        if (plan.Order.Count == 0)
        {
            return;
        }

        _parts.AddRange(writer.Finish());
        staging.Keep((state with { NextSeq = _seq, Ranges = [.. _ranges], Parts = [.. _parts] }).ToBytes());
    }
}
