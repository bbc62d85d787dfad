using System.Collections.Concurrent;

namespace Sluice.Lake.Sources;

/// <summary>The thread that a session waits for its server on.</summary>
/// <remarks>
/// A socket that was used asynchronously once is slow to read synchronously ever after, and reading rows asynchronously measured
/// a third slower than waiting for them. So a session does all its work by waiting, and on a thread that nobody else needs.
/// </remarks>
internal sealed class SessionThread : IDisposable
{
    // A server that has not ended a canceled statement by then is not heard of any more.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly BlockingCollection<Action> _work = [];

    /// <summary>Starts the thread.</summary>
    public SessionThread(string name)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Whether something that was canceled did not end, so that the thread will come back late or never.</summary>
    public bool IsLeft { get; private set; }

    /// <summary>Whether the thread lets everything else on this machine go first. Once it does, it stays so.</summary>
    public bool IsGentle { get; set; }

    /// <summary>Does something on the thread, after what was given to it before.</summary>
    /// <remarks>The thread cannot be woken from a read: once canceled it is left to the client's own timeout, if nobody answers.</remarks>
    public async Task<T> RunAsync<T>(Func<T> call, CancellationToken cancellationToken)
    {
        var work = RunAsync(call);
        var canceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.UnsafeRegister(
            static state => ((TaskCompletionSource)state!).TrySetResult(),
            canceled
        );
        if (
            await Task.WhenAny(work, canceled.Task) != work
            && await Task.WhenAny(work, Task.Delay(Grace, TimeProvider.System, CancellationToken.None)) != work
        )
        {
            IsLeft = true;
            throw new OperationCanceledException(cancellationToken);
        }

        return await work;
    }

    /// <summary>Does something on the thread, after what was given to it before, however long it takes.</summary>
    public Task<T> RunAsync<T>(Func<T> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(call());
            }
            catch (OperationCanceledException cancelled)
            {
                done.SetCanceled(cancelled.CancellationToken);
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    /// <summary>Ends the thread when its work is done.</summary>
    public void Dispose() => _work.CompleteAdding();

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            if (IsGentle)
            {
                GentleThread.Enter();
            }

            work();
        }

        _work.Dispose();
    }
}
