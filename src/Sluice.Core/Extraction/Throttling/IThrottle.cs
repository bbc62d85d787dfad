namespace Sluice.Core.Extraction.Throttling;

/// <summary>Paces the reading of one source. One for all its sessions; safe for many threads.</summary>
public interface IThrottle : IAsyncDisposable
{
    /// <summary>What it does at the moment and why, for the progress line.</summary>
    ThrottleState State { get; }

    /// <summary>Waits until the next page may be read; who waits longest is next. Called while no statement is open.</summary>
    /// <returns>The right to read one page. Dispose it when the page is read or has failed, before anything else is done with it.</returns>
    /// <exception cref="PipelineException">The source's load is critical: the extract ends, and can be resumed.</exception>
    ValueTask<ThrottleTurn> WaitAsync(CancellationToken cancellationToken = default);
}
