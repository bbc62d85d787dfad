using System.Collections.Concurrent;
using System.Threading.Channels;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Service;

namespace Sluice.Tests.Core.Scheduling.Service;

/// <summary>Tasks that take until they are told to end.</summary>
internal sealed class ScriptedExecutor : IExecutor
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<TaskOutcome>> _running = new();
    private readonly Channel<string> _begun = Channel.CreateUnbounded<string>();
    private int _stopped;

    /// <summary>Tries that were stopped.</summary>
    public int Stopped => Volatile.Read(ref _stopped);

    public async Task<TaskOutcome> RunAsync(
        TaskTry attempt,
        IProgress<TaskProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var (name, end) = ($"{attempt.Dag.Id}.{attempt.Task.Id}", new TaskCompletionSource<TaskOutcome>());
        _running[name] = end;
        _begun.Writer.TryWrite(name);
        try
        {
            return await end.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _stopped);
            throw;
        }
    }

    /// <summary>The next tasks to begin, in the order of their names.</summary>
    public async Task<IReadOnlyList<string>> BegunAsync(int number)
    {
        var names = new List<string>();
        while (names.Count < number)
        {
            names.Add(await _begun.Reader.ReadAsync().AsTask().WaitAsync(Patience));
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>Ends a task.</summary>
    public void End(string name, Exception? failure = null)
    {
        _running.TryRemove(name, out var end);
        if (failure is null)
        {
            end!.SetResult(new());
        }
        else
        {
            end!.SetException(failure);
        }
    }
}
