namespace Sluice.Core.Models.Resuming;

/// <summary>What the tasks of one modeling run tell each other, so that each may be a process of its own. Safe for many threads and processes.</summary>
public interface IModelingJournal
{
    /// <summary>Its identity: no other journal ever has it.</summary>
    string Id { get; }

    /// <summary>The first entry.</summary>
    ModelingPins Pins { get; }

    /// <summary>All that was noted so far.</summary>
    /// <exception cref="PipelineException">It is damaged, or was removed.</exception>
    Task<ModelingNotes> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Notes what a model became.</summary>
    /// <param name="model">The model.</param>
    /// <param name="note">What it became.</param>
    /// <param name="replaces">Whether to put it in the place of what is noted.</param>
    /// <param name="cancellationToken">Stops before it is noted.</param>
    /// <returns>False when it was noted before, and that stays.</returns>
    /// <exception cref="PipelineException">The journal was removed, or the disk is full.</exception>
    Task<bool> NoteAsync(
        string model,
        ModelNote note,
        bool replaces = false,
        CancellationToken cancellationToken = default
    );

    /// <summary>Notes the index of an event table, in the place of what is noted.</summary>
    /// <param name="table">The event table.</param>
    /// <param name="index">The index; null where it can have none.</param>
    /// <param name="cancellationToken">Stops before it is noted.</param>
    /// <exception cref="PipelineException">The journal was removed, or the disk is full.</exception>
    Task NoteIndexAsync(string table, string? index, CancellationToken cancellationToken = default);

    /// <summary>Notes that the run's build is published.</summary>
    /// <exception cref="PipelineException">The journal was removed, or the disk is full.</exception>
    Task NotePublishedAsync(CancellationToken cancellationToken = default);
}
