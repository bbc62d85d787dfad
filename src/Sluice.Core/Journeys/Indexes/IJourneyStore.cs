namespace Sluice.Core.Journeys.Indexes;

/// <summary>The published indexes. Each appears as a whole and never changes. Safe for many threads and processes.</summary>
public interface IJourneyStore
{
    /// <summary>Opens an index after checking every byte of it; null where there is none of that name.</summary>
    /// <exception cref="PipelineException">It is damaged, or of a newer format.</exception>
    Task<JourneyIndex?> OpenAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>All indexes, in any order.</summary>
    IReadOnlyList<JourneyEntry> List();

    /// <summary>Opens a private place for a new index. What is left in it unfinished is never read.</summary>
    IJourneyStaging Stage();

    /// <summary>Removes an index, if it is there. Whoever has it open keeps it.</summary>
    void Delete(string id);
}
