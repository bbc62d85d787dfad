using Sluice.Core.Scheduling.Store;

namespace Sluice.Tests.Core.Scheduling.Service;

/// <summary>A store that knows whether those who use it have nothing left to do but wait, and until when.</summary>
/// <param name="clock">Measures waits.</param>
/// <param name="own">The clock of the store; null for the same.</param>
internal sealed class WatchedStore(TimeProvider clock, TimeProvider? own = null) : IRunStore
{
    private readonly MemoryRunStore _store = new(own ?? clock);
    private readonly Lock _gate = new();
    private readonly List<(long Since, DateTimeOffset Due)> _waiting = [];
    private TaskCompletionSource _isChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public T Read<T>(Func<IRunReader, T> look) => _store.Read(look);

    public T Write<T>(Func<IRunTransaction, T> change) => _store.Write(change);

    public async Task WaitAsync(long since, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var waiter = (since, clock.GetUtcNow() + atMost);
        var wait = _store.WaitAsync(since, atMost, cancellationToken);
        Change(waiting => waiting.Add(waiter));
        try
        {
            await wait;
        }
        finally
        {
            Change(waiting => waiting.Remove(waiter));
        }
    }

    /// <summary>Waits until so many wait, and for nothing that is there already.</summary>
    /// <returns>Until when the first of them does.</returns>
    public async Task<DateTimeOffset> IdleAsync(int number)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                var (now, change) = (clock.GetUtcNow(), _store.Read(reader => reader.Change));
                if (_waiting.Count(waiter => waiter.Due > now && waiter.Since >= change) >= number)
                {
                    return _waiting.Min(waiter => waiter.Due);
                }

                changed = _isChanged.Task;
            }

            await changed;
        }
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private void Change(Action<List<(long, DateTimeOffset)>> change)
    {
        lock (_gate)
        {
            change(_waiting);
            _isChanged.TrySetResult();
            _isChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
