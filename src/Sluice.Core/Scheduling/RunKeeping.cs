using Sluice.Core.Scheduling.Store;

namespace Sluice.Core.Scheduling;

/// <summary>Where runs that are done in this process are kept: a store that is opened when the first begins.</summary>
/// <param name="open">Opens the store.</param>
/// <param name="worker">This process's name in it.</param>
/// <param name="isGone">Whether a worker is known to be gone.</param>
public sealed class RunKeeping(Func<IRunStore> open, string worker, Func<string, bool> isGone) : IAsyncDisposable
{
    private readonly Lazy<IRunStore> _store = new(open);

    /// <summary>The store.</summary>
    public IRunStore Store => _store.Value;

    /// <summary>This process's name in it.</summary>
    public string Worker => worker;

    /// <summary>Whether a worker is known to be gone.</summary>
    public bool IsGone(string other) => isGone(other);

    /// <summary>Closes the store, if it was opened.</summary>
    public ValueTask DisposeAsync() => _store.IsValueCreated ? _store.Value.DisposeAsync() : ValueTask.CompletedTask;
}
