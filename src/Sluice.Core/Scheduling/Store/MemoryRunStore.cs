namespace Sluice.Core.Scheduling.Store;

/// <summary>A run store that lives as long as the process: for one run, a simulation or a test. Safe for several threads.</summary>
/// <param name="clock">The clock.</param>
public sealed class MemoryRunStore(TimeProvider clock) : IRunStore
{
    private readonly Lock _writer = new();
    private readonly ChangeSignal _signal = new(clock);
    private volatile MemoryRuns _runs = MemoryRuns.Empty;

    /// <inheritdoc/>
    public T Read<T>(Func<IRunReader, T> look)
    {
        ArgumentNullException.ThrowIfNull(look);
        return look(new MemoryTransaction(_runs, clock.GetUtcNow()));
    }

    /// <inheritdoc/>
    public T Write<T>(Func<IRunTransaction, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (_writer.IsHeldByCurrentThread)
        {
            throw new InvalidOperationException("The run store is being written by this very call.");
        }

        lock (_writer)
        {
            var transaction = new MemoryTransaction(_runs, clock.GetUtcNow());
            var result = change(transaction);
            _runs = transaction.Runs;
            _signal.Raise(_runs.Change);
            return result;
        }
    }

    /// <inheritdoc/>
    public Task WaitAsync(long since, TimeSpan atMost, CancellationToken cancellationToken) =>
        _signal.WaitAsync(since, atMost, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
