using Sluice.Core.Builds;
using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Models.Resuming;

namespace Sluice.Core.Models.Building;

/// <summary>Removes the journeys indexes that nobody will ask for.</summary>
/// <param name="store">The indexes.</param>
/// <param name="builds">The builds that name them.</param>
/// <param name="clock">Tells how old an index is.</param>
/// <param name="unpublished">The journals of runs that may yet publish theirs; null for none.</param>
public sealed class JourneyCleaning(
    IJourneyStore store,
    IBuildStore builds,
    TimeProvider clock,
    IReadOnlyList<IModelingJournal>? unpublished = null
)
{
    /// <summary>The newest builds whose indexes stay.</summary>
    public const int KeptBuilds = 3;

    /// <summary>
    /// How long an index stays that no build names: a run at work may have built it and not yet published, and a reader may
    /// have looked at an older build just now.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>Removes the indexes that neither the newest builds nor the current one name.</summary>
    /// <returns>The indexes that were removed.</returns>
    /// <exception cref="PipelineException">The disk refuses, or a build file is damaged.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken = default)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var number in builds.ListNewestFirst().Take(KeptBuilds))
        {
            named.UnionWith((await builds.ReadAsync(number, cancellationToken)).Journeys.Values);
        }

        if (await new BuildCatalog(builds).CurrentAsync(cancellationToken) is { } current)
        {
            named.UnionWith(current.Journeys.Values);
        }

        foreach (var journal in unpublished ?? [])
        {
            named.UnionWith((await journal.ReadAsync(cancellationToken)).Indexes.Values.OfType<string>());
        }

        var before = clock.GetUtcNow() - Grace;
        var old = store.List().Where(entry => !named.Contains(entry.Id) && entry.PublishedAt < before).ToList();
        foreach (var entry in old)
        {
            store.Delete(entry.Id);
        }

        return [.. old.Select(entry => entry.Id)];
    }
}
