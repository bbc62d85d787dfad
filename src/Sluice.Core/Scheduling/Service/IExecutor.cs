namespace Sluice.Core.Scheduling.Service;

/// <summary>Does the work of tasks.</summary>
public interface IExecutor
{
    /// <summary>Does one try.</summary>
    /// <param name="attempt">The try.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Asks it to end; it does so soon, by force where it has to.</param>
    /// <returns>What it did.</returns>
    /// <exception cref="PipelineException">It failed.</exception>
    /// <exception cref="WorkerLostException">Its process is gone, and nobody knows how far it came.</exception>
    Task<TaskOutcome> RunAsync(TaskTry attempt, IProgress<TaskProgress> progress, CancellationToken cancellationToken);
}
