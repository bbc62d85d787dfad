using Sluice.Core.Builds;
using Sluice.Core.Models.Resuming;
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

    /// <summary>Their numbers, and that of the newest build there is.</summary>
    public PinnedBuilds Pinned(IBuildStore store) =>
        new(
            OfInterval?.Number,
            UpTo?.Number,
            Current?.Number,
            store.ListNewestFirst() is [var newest, ..] ? newest : null
        );

    /// <summary>Those that a run has pinned.</summary>
    /// <exception cref="PipelineException">One is gone.</exception>
    public static async Task<EarlierBuilds> ReadAsync(
        IBuildStore store,
        PinnedBuilds pinned,
        CancellationToken cancellationToken
    )
    {
        var read = new Dictionary<long, Build>();
        foreach (var number in new[] { pinned.OfInterval, pinned.UpTo, pinned.Current }.OfType<long>().Distinct())
        {
            read[number] = await store.ReadAsync(number, cancellationToken);
        }

        return new(Of(pinned.OfInterval), Of(pinned.UpTo), Of(pinned.Current));

        Build? Of(long? number) => number is { } known ? read[known] : null;
    }

    /// <summary>Finds them, each build file being read once.</summary>
    public static async Task<EarlierBuilds> FindAsync(
        IBuildStore store,
        DataInterval interval,
        CancellationToken cancellationToken
    )
    {
        var found = new EarlierBuilds(null, null, null);
        foreach (var number in store.ListNewestFirst())
        {
            var build = await store.ReadAsync(number, cancellationToken);
            var isOfInterval = build.Interval.Id == interval.Id;
            found = new(
                found.OfInterval ?? (isOfInterval ? build : null),
                build.Interval.End <= interval.End
                && build.Interval.End > (found.UpTo?.Interval.End ?? DateTimeOffset.MinValue)
                    ? build
                    : found.UpTo,
                found.Current ?? (build.Promoted ? build : null)
            );
            // Nothing older is nearer than the newest of the interval itself.
            if (found is { OfInterval: not null, Current: not null })
            {
                break;
            }
        }

        return found;
    }
}
