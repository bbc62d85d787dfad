using Sluice.Core.Time;

namespace Sluice.Core.Models.Resuming;

/// <summary>The journals of modeling runs. Safe for many threads and processes.</summary>
public interface IModelingJournals
{
    /// <summary>Begins a journal: from now on it is that of the DAG and interval, and what came before it is gone.</summary>
    /// <param name="dagId">The DAG.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="draft">Makes its first entry out of that of the journal before it, null for none; called again when another run was faster.</param>
    /// <param name="cancellationToken">Stops before the journal is there.</param>
    Task<IModelingJournal> BeginAsync(
        string dagId,
        DataInterval interval,
        Func<ModelingPins?, ModelingPins> draft,
        CancellationToken cancellationToken = default
    );

    /// <summary>The journal of a DAG and interval; null where there is none.</summary>
    /// <exception cref="PipelineException">It is damaged.</exception>
    Task<IModelingJournal?> FindAsync(
        string dagId,
        DataInterval interval,
        CancellationToken cancellationToken = default
    );

    /// <summary>All journals, of every DAG and interval.</summary>
    /// <exception cref="PipelineException">One is damaged.</exception>
    Task<IReadOnlyList<IModelingJournal>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes a journal, if it is still there; who writes to it from now on fails.</summary>
    void Remove(IModelingJournal journal);
}
