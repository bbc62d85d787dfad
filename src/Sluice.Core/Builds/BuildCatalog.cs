using System.Globalization;

namespace Sluice.Core.Builds;

/// <summary>Finds the build that a reader means.</summary>
/// <param name="store">Where the builds are.</param>
public sealed class BuildCatalog(IBuildStore store)
{
    /// <summary>The newest promoted build, or null where none was published yet.</summary>
    public Task<Build?> CurrentAsync(CancellationToken cancellationToken = default) =>
        NewestAsync(build => build.Promoted, cancellationToken);

    /// <summary>The newest build for the interval, promoted or not; null where there is none.</summary>
    /// <param name="intervalId">As <see cref="Time.DataInterval.Id"/>.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public Task<Build?> OfIntervalAsync(string intervalId, CancellationToken cancellationToken = default) =>
        NewestAsync(build => build.Interval.Id == intervalId, cancellationToken);

    /// <summary>The build that <paramref name="asOf"/> names: a number, or a date (the newest build of that logical date).</summary>
    /// <param name="asOf">Null means the current build.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="DefinitionException">There is no such build.</exception>
    public async Task<Build> ResolveAsync(string? asOf, CancellationToken cancellationToken = default)
    {
        if (asOf is null)
        {
            return await CurrentAsync(cancellationToken)
                ?? throw new DefinitionException(
                    "Nothing is published yet: there is no build.",
                    "Run 'sluice run' first."
                );
        }

        if (long.TryParse(asOf, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return store.ListNewestFirst().Contains(number)
                ? await store.ReadAsync(number, cancellationToken)
                : throw new DefinitionException(
                    $"There is no build {asOf}.",
                    await ListForHintAsync(cancellationToken)
                );
        }

        if (DateOnly.TryParseExact(asOf, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return await NewestAsync(build => build.Interval.LogicalDate == date, cancellationToken)
                ?? throw new DefinitionException(
                    $"There is no build for {asOf}.",
                    await ListForHintAsync(cancellationToken)
                );
        }

        throw new DefinitionException(
            $"'{asOf}' is neither a build's number nor a date.",
            "Write --as-of 3 or --as-of 2015-05-01."
        );
    }

    private async Task<Build?> NewestAsync(Func<Build, bool> wanted, CancellationToken cancellationToken)
    {
        foreach (var number in store.ListNewestFirst())
        {
            var build = await store.ReadAsync(number, cancellationToken);
            if (wanted(build))
            {
                return build;
            }
        }

        return null;
    }

    private async Task<string> ListForHintAsync(CancellationToken cancellationToken)
    {
        var builds = new List<string>();
        foreach (var number in store.ListNewestFirst().Take(5))
        {
            var build = await store.ReadAsync(number, cancellationToken);
            builds.Add($"{build.Number.ToString(CultureInfo.InvariantCulture)} ({build.Interval.Ds})");
        }

        return builds.Count == 0 ? "Run 'sluice run' first." : $"The newest are: {string.Join(", ", builds)}.";
    }
}
