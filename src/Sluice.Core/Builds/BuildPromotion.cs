namespace Sluice.Core.Builds;

/// <summary>Makes an older build the one that readers see.</summary>
/// <param name="store">Where the builds are.</param>
/// <param name="clock">The time of the new build.</param>
public sealed class BuildPromotion(IBuildStore store, TimeProvider clock)
{
    /// <summary>Publishes a build of the same table versions, which is current; or finds that the build is current already.</summary>
    /// <param name="build">The build.</param>
    /// <param name="cancellationToken">Stops before the publication.</param>
    /// <returns>The build that is current now, and whether it was before.</returns>
    public async Task<(Build Build, bool AlreadyDone)> RunAsync(
        Build build,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(build);
        var current = await new BuildCatalog(store).CurrentAsync(cancellationToken);
        return current?.Number == build.Number
            ? (build, true)
            : (
                (
                    await store.PublishAsync(
                        (number, _) =>
                            Task.FromResult<Build?>(
                                build with
                                {
                                    Number = number,
                                    CreatedAt = clock.GetUtcNow(),
                                    Promoted = true,
                                }
                            ),
                        cancellationToken
                    )
                )!,
                false
            );
    }
}
