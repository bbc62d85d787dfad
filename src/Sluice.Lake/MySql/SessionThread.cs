using System.Collections.Concurrent;

namespace Sluice.Lake.MySql;

/// <summary>The thread that a session waits for its server on.</summary>
/// <remarks>
/// A socket that was used asynchronously once is slow to read synchronously ever after, and reading rows asynchronously measured
/// a third slower than waiting for them. So a session does all its work by waiting, and on a thread that nobody else needs.
/// </remarks>
internal sealed class SessionThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    /// <summary>Starts the thread.</summary>
    public SessionThread(string name)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Does something on the thread, after what was given to it before.</summary>
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
            work();
        }

        _work.Dispose();
    }
}
