using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Service;

namespace Sluice.Cli.Scheduling;

/// <summary>Does tries in this process: quick to begin, but what does not stop when it is asked to goes on.</summary>
/// <param name="work">Gives what does the work of a try.</param>
/// <param name="logs">Where what they say goes.</param>
/// <param name="clock">The time.</param>
internal sealed class InProcessExecutor(Func<TaskDispatch> work, TaskLogs logs, TimeProvider clock) : IExecutor
{
    public async Task<TaskOutcome> RunAsync(
        TaskTry attempt,
        IProgress<TaskProgress> progress,
        CancellationToken cancellationToken
    )
    {
        using var log = logs.Open(attempt.Run, attempt.Task.Id, attempt.Number, clock);
        log.Write($"{attempt.Dag.Id}.{attempt.Task.Id} for {attempt.Run.Interval.Id}: try {attempt.Number}");
        try
        {
            var outcome = await work()
                .RunAsync(
                    new(attempt.Dag, attempt.Task, attempt.Run.Interval)
                    {
                        Kind = attempt.Run.Kind,
                        Params = attempt.Run.Params,
                        Token = attempt.Claim.Token,
                        Options = new(Reextract: attempt.IsAgain),
                    },
                    log.Write,
                    progress,
                    events: null,
                    cancellationToken
                );
            log.Write(outcome.Note is { } note ? $"done: {note}" : "done");
            return outcome;
        }
        catch (Exception failure)
        {
            log.Write(FailureReport.IsForUser(failure) ? FailureReport.Words(failure).Message : failure.ToString());
            throw;
        }
    }
}
