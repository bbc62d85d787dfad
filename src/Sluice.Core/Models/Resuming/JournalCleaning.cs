namespace Sluice.Core.Models.Resuming;

/// <summary>Removes the journals that no task will ask for.</summary>
/// <param name="journals">The journals.</param>
/// <param name="clock">Tells how old one is.</param>
public sealed class JournalCleaning(IModelingJournals journals, TimeProvider clock)
{
    /// <summary>How long after its inputs were pinned a published run can still be asked for: a task of it may be tried again.</summary>
    public static readonly TimeSpan KeptAfterPublication = TimeSpan.FromDays(1);

    /// <summary>How long after its inputs were pinned a run that failed can be gone on with.</summary>
    public static readonly TimeSpan KeptUnfinished = TimeSpan.FromDays(7);

    /// <summary>Removes those that are older.</summary>
    /// <returns>Those that stay.</returns>
    /// <exception cref="PipelineException">The disk refuses, or a journal is damaged.</exception>
    public async Task<IReadOnlyList<IModelingJournal>> RunAsync(CancellationToken cancellationToken = default)
    {
        var kept = new List<IModelingJournal>();
        foreach (var journal in await journals.ListAsync(cancellationToken))
        {
            var age = clock.GetUtcNow() - journal.Pins.PinnedAt;
            if (
                age > KeptUnfinished
                || (age > KeptAfterPublication && (await journal.ReadAsync(cancellationToken)).IsPublished)
            )
            {
                journals.Remove(journal);
            }
            else
            {
                kept.Add(journal);
            }
        }

        return kept;
    }
}
