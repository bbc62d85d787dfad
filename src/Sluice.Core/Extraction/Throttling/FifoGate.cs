namespace Sluice.Core.Extraction.Throttling;

/// <summary>Lets one in at a time, in the order in which they came; <see cref="SemaphoreSlim"/> promises no order. Thread safe.</summary>
internal sealed class FifoGate
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private bool _isTaken;

    /// <summary>Waits for one's turn; <see cref="Leave"/> ends it.</summary>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return;
            }

            // Who leaves must not go on with the work of who comes next.
            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        await using var _ = cancellationToken.UnsafeRegister(
            static (waiting, token) => ((TaskCompletionSource)waiting!).TrySetCanceled(token),
            turn
        );
        await turn.Task;
    }

    /// <summary>Lets the next one in.</summary>
    public void Leave()
    {
        while (true)
        {
            TaskCompletionSource? next;
            lock (_lock)
            {
                if (!_waiting.TryDequeue(out next))
                {
                    _isTaken = false;
                    return;
                }
            }

            // One that gave up meanwhile is passed over.
            if (next.TrySetResult())
            {
                return;
            }
        }
    }
}
