using System.Diagnostics;
using System.Globalization;

namespace Sluice.Core.Scheduling.Service;

/// <summary>A try at work: cancelled at its timeout or when it is stopped, and always brought to one of the ends there are.</summary>
internal sealed class RunningTry : IDisposable
{
    private readonly TaskTry _try;
    private readonly TimeProvider _clock;
    private readonly IProgress<TaskEvent>? _events;
    private readonly CancellationTokenSource _stop;

    /// <summary>Begins it.</summary>
    /// <param name="attempt">The try.</param>
    /// <param name="executor">Does it.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="events">Told what happens.</param>
    /// <param name="ended">Told of its end.</param>
    /// <param name="stop">Asks it to end.</param>
    public RunningTry(
        TaskTry attempt,
        IExecutor executor,
        TimeProvider clock,
        IProgress<TaskEvent>? events,
        Action<TaskTryEnd> ended,
        CancellationToken stop
    )
    {
        (_try, _clock, _events) = (attempt, clock, events);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Completion = RunAsync(executor, ended);
    }

    /// <summary>The try.</summary>
    public TaskTry Try => _try;

    /// <summary>Completes when it has ended.</summary>
    public Task Completion { get; }

    /// <summary>Asks it to end.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(IExecutor executor, Action<TaskTryEnd> ended)
    {
        // Off the caller's thread: a task may work long before it waits for anything.
        await Task.Yield();
        using var activity = SchedulerMetrics.Task(_try);
        var started = _clock.GetTimestamp();
        _events?.Report(new TaskEvent.Started(_try.Dag.Id, _try.Task) { Run = _try.Run });
        var (kind, outcome, failure) = await WorkAsync(executor);
        activity?.SetStatus(
            kind == TaskTryEndKind.Done ? ActivityStatusCode.Ok : ActivityStatusCode.Error,
            failure?.Message
        );
        ended(new(_try, kind, _clock.GetElapsedTime(started), outcome, failure));
    }

    private async Task<(TaskTryEndKind, TaskOutcome?, Exception?)> WorkAsync(IExecutor executor)
    {
        var limit = _try.Task.ExecutionTimeout;
        using var timeout = limit is { } span ? new CancellationTokenSource(span, _clock) : new();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, timeout.Token);
        try
        {
            var progress = new Relay<TaskProgress>(at =>
                _events?.Report(new TaskEvent.Advanced(_try.Dag.Id, _try.Task, at) { Run = _try.Run })
            );
            return (TaskTryEndKind.Done, await executor.RunAsync(_try, progress, both.Token), null);
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Whatever it says of how it was stopped.
            return (TaskTryEndKind.Stopped, null, null);
        }
        catch (Exception failure) when (timeout.IsCancellationRequested)
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"It was stopped at its execution_timeout of {limit:c}."
            );
            return (TaskTryEndKind.Failed, null, new PipelineException(text, failure));
        }
        catch (WorkerLostException lost)
        {
            return (TaskTryEndKind.Lost, null, lost);
        }
        catch (Exception failure)
            when (failure is PipelineException or DefinitionException or IOException or UnauthorizedAccessException)
        {
            return (TaskTryEndKind.Failed, null, failure);
        }
        catch (Exception fault)
        {
            return (TaskTryEndKind.Fault, null, fault);
        }
    }
}
