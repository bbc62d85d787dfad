namespace Sluice.Core.Scheduling.Store;

/// <summary>What is durable of runs: their states, who works on what, and whose word still counts.</summary>
/// <remarks>
/// Several processes may share one. Writers are one after the other, so that what is decided over what was read still holds when
/// it is written; nothing that is called inside may wait for anything else.
/// </remarks>
public interface IRunStore : IAsyncDisposable
{
    /// <summary>Looks at one state of the store.</summary>
    T Read<T>(Func<IRunReader, T> look);

    /// <summary>Changes the store, alone: all of it, or nothing where an exception comes.</summary>
    T Write<T>(Func<IRunTransaction, T> change);

    /// <summary>Waits until the store has changed since, or a time is over.</summary>
    /// <param name="since">A <see cref="IRunReader.Change"/> that was read.</param>
    /// <param name="atMost">The time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task WaitAsync(long since, TimeSpan atMost, CancellationToken cancellationToken);
}
