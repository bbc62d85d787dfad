namespace Sluice.Core.Scheduling.Store;

/// <summary>Tells those that wait when a run store has changed. Safe for several threads.</summary>
/// <param name="clock">Measures how long they wait.</param>
public sealed class ChangeSignal(TimeProvider clock)
{
    // A timer takes no more than 49 days.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _change;

    /// <summary>The store is known to have come to a change.</summary>
    public void Raise(long change)
    {
        TaskCompletionSource passed;
        lock (_lock)
        {
            if (change <= _change)
            {
                return;
            }

            (_change, passed, _next) = (change, _next, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        passed.SetResult();
    }

    /// <summary>Waits for a change after one.</summary>
    /// <param name="since">The change that is known.</param>
    /// <param name="atMost">The time; <see cref="Timeout.InfiniteTimeSpan"/> for any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it came.</returns>
    public async Task<bool> WaitAsync(long since, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var (started, bound) = (clock.GetTimestamp(), BoundOf(atMost));
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_change > since)
                {
                    return true;
                }

                next = _next.Task;
            }

            cancellationToken.ThrowIfCancellationRequested();
            var left = bound - clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            try
            {
                await next.WaitAsync(left < LongestTimer ? left : LongestTimer, clock, cancellationToken);
            }
            catch (TimeoutException)
            {
                // How much is left decides.
            }
        }
    }

    /// <summary>A time as one that can be compared.</summary>
    public static TimeSpan BoundOf(TimeSpan atMost) => atMost == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : atMost;
}
