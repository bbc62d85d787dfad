using Sluice.Core.Scheduling.Store;

namespace Sluice.Core.Scheduling;

/// <summary>Where a run that is done in this process is kept.</summary>
/// <param name="Store">The store.</param>
/// <param name="Worker">This process's name in it.</param>
/// <param name="IsGone">Whether a worker is known to be gone.</param>
public sealed record RunKeeping(IRunStore Store, string Worker, Func<string, bool> IsGone);
