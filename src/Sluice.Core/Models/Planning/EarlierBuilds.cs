using Sluice.Core.Builds;
using Sluice.Core.Time;

namespace Sluice.Core.Models.Planning;

/// <summary>The builds that a run may take tables from.</summary>
/// <param name="OfInterval">The newest of the run's own interval; null where there is none.</param>
/// <param name="UpTo">The newest of the latest interval up to the run's own; null where there is none.</param>
/// <param name="Current">The one that readers see; null where there is none.</param>
internal sealed record EarlierBuilds(Build? OfInterval, Build? UpTo, Build? Current)
{
    /// <summary>All, the likeliest first, without repetition.</summary>
    public IEnumerable<Build> Candidates =>
        new[] { OfInterval, UpTo, Current }.OfType<Build>().DistinctBy(build => build.Number);

    /// <summary>Those that have nothing of later intervals.</summary>
    public IEnumerable<Build> UpToInterval =>
        new[] { OfInterval, UpTo }.OfType<Build>().DistinctBy(build => build.Number);

    public static async Task<EarlierBuilds> FindAsync(
        IBuildStore store,
        DataInterval interval,
        CancellationToken cancellationToken
    )
    {
        var catalog = new BuildCatalog(store);
        return new(
            await catalog.OfIntervalAsync(interval.Id, cancellationToken),
            await catalog.UpToAsync(interval.End, cancellationToken),
            await catalog.CurrentAsync(cancellationToken)
        );
    }
}
