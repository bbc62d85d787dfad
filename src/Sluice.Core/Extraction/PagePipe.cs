using System.Threading.Channels;
using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>Hands pages from one or more readers to one writer, a few pages in all: memory stays bounded. Safe for many readers.</summary>
/// <typeparam name="T">What a reader says of a page.</typeparam>
internal sealed class PagePipe<T>
{
    // Of each reader one page is filled and one waits; one is written.
    private readonly Channel<RowPage> _free;
    private readonly Channel<(RowPage Page, T About)> _filled;

    /// <summary>Makes the pages.</summary>
    /// <param name="schema">The columns of the pages.</param>
    /// <param name="readers">How many read at once.</param>
    public PagePipe(TableSchema schema, int readers)
    {
        var pages = (2 * readers) + 1;
        _free = Channel.CreateBounded<RowPage>(pages);
        _filled = Channel.CreateBounded<(RowPage, T)>(readers);
        for (var i = 0; i < pages; i++)
        {
            _free.Writer.TryWrite(new RowPage(schema));
        }
    }

    /// <summary>An empty page.</summary>
    public ValueTask<RowPage> RentAsync(CancellationToken cancellationToken) =>
        _free.Reader.ReadAsync(cancellationToken);

    /// <summary>Gives a page to the writer.</summary>
    public ValueTask SendAsync(RowPage page, T about, CancellationToken cancellationToken) =>
        _filled.Writer.WriteAsync((page, about), cancellationToken);

    /// <summary>Reads and writes until the reader has no more; the failure of either ends both and is thrown.</summary>
    /// <param name="read">Rents, fills and sends pages.</param>
    /// <param name="write">Writes one page. One call at a time, on another thread than the reader's.</param>
    /// <param name="cancellationToken">Stops the readers.</param>
    public async Task RunAsync(
        Func<CancellationToken, Task> read,
        Action<RowPage, T> write,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // On one thread from beginning to end: native allocators keep a store of memory for each thread that they see.
        var writing = Task.Factory.StartNew(
            () => Write(write, stop),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        try
        {
            await read(stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The writer failed and stopped the reader: its failure is the one to tell.
        }
        catch
        {
            // The writer must be at rest before it is disposed: it works in native code on another thread.
            _filled.Writer.TryComplete();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        _filled.Writer.TryComplete();
        await writing;
    }

    private void Write(Action<RowPage, T> write, CancellationTokenSource stop)
    {
        try
        {
            // The thread is nobody else's: to wait on it holds nothing up.
            while (_filled.Reader.WaitToReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
            {
                while (_filled.Reader.TryRead(out var filled))
                {
                    write(filled.Page, filled.About);
                    filled.Page.Clear();
                    _free.Writer.TryWrite(filled.Page);
                }
            }
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }
}
