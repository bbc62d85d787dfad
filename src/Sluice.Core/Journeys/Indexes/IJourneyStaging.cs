namespace Sluice.Core.Journeys.Indexes;

/// <summary>An index that is being written. For one thread.</summary>
public interface IJourneyStaging : IAsyncDisposable
{
    /// <summary>Absolute path of a folder in which an engine may write what is needed until the index is there.</summary>
    string Folder { get; }

    /// <summary>Writes a shard.</summary>
    /// <exception cref="PipelineException">The disk is full or refuses.</exception>
    Task AddAsync(JourneyPart part, CancellationToken cancellationToken = default);

    /// <summary>Takes over a shard of a published index without writing it anew.</summary>
    /// <param name="from">The index, open.</param>
    /// <param name="part">Which of its shards.</param>
    /// <param name="superseded">As <see cref="JourneyPart.Superseded"/>, in the new index.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    Task KeepAsync(
        JourneyIndex from,
        int part,
        ReadOnlyMemory<byte> superseded,
        CancellationToken cancellationToken = default
    );

    /// <summary>Makes the index appear in one step.</summary>
    /// <param name="contents">What it says of itself.</param>
    /// <param name="cancellationToken">Stops before it appears.</param>
    /// <returns>False where an index of that name was there already; nothing changed then.</returns>
    Task<bool> PublishAsync(JourneyContents contents, CancellationToken cancellationToken = default);
}
