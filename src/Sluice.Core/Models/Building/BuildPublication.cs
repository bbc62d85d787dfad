using Sluice.Core.Builds;
using Sluice.Core.Projects;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Models.Building;

/// <summary>Decides whether a run made anything new, and publishes its build if so.</summary>
/// <param name="ports">What the run works with.</param>
/// <param name="project">The project.</param>
/// <param name="interval">The interval of the run.</param>
/// <param name="baseBuild">The interval's newest build when the run began; null where there was none.</param>
/// <param name="fullRefresh">Whether everything was to be built anew.</param>
internal sealed class BuildPublication(
    ModelingPorts ports,
    ProjectDefinition project,
    DataInterval interval,
    Build? baseBuild,
    bool fullRefresh
)
{
    private readonly BuildCatalog _catalog = new(ports.Builds);

    /// <summary>Publishes the build, or finds the one that says the same.</summary>
    public async Task<(Build Build, bool AlreadyDone)> RunAsync(
        IReadOnlyDictionary<TableId, TableSnapshot> pinned,
        IReadOnlyDictionary<string, BuiltModel> built,
        IReadOnlyDictionary<string, string> journeys,
        bool promote,
        CancellationToken cancellationToken
    )
    {
        if (
            await FindSameAsync(pinned, built, journeys, cancellationToken) is { } same
            && (!promote || (await _catalog.CurrentAsync(cancellationToken))?.Number == same.Number)
        )
        {
            return (same, true);
        }

        var tables = pinned.ToDictionary(pin => pin.Key, pin => pin.Value.Pin);
        foreach (var (name, model) in built)
        {
            tables[TableId.Mart(name)] = model.Snapshot.Pin;
        }

        var models = built.ToDictionary(model => model.Key, model => model.Value.Record, StringComparer.Ordinal);
        var published = await ports.Builds.PublishAsync(
            async (number, token) =>
            {
                var current = await _catalog.CurrentAsync(token);
                return new Build
                {
                    Number = number,
                    CreatedAt = ports.Clock.GetUtcNow(),
                    Interval = interval,
                    Promoted = promote || current is null || interval.Start >= current.Interval.Start,
                    Tables = tables,
                    Models = models,
                    Journeys = journeys,
                };
            },
            cancellationToken
        );
        return (published, false);
    }

    private async Task<Build?> FindSameAsync(
        IReadOnlyDictionary<TableId, TableSnapshot> pinned,
        IReadOnlyDictionary<string, BuiltModel> built,
        IReadOnlyDictionary<string, string> journeys,
        CancellationToken cancellationToken
    )
    {
        if (
            baseBuild is not null
            && HasJourneys(baseBuild, journeys)
            && baseBuild.Models.Count == built.Count
            && built.Values.All(model => model.Unchanged)
            && await HasInputsOfRunAsync(baseBuild, pinned, cancellationToken)
        )
        {
            return baseBuild;
        }

        // Another run of the same interval may have published the same meanwhile.
        var newest = fullRefresh ? null : await _catalog.OfIntervalAsync(interval.Id, cancellationToken);
        return
            newest is not null
            && HasJourneys(newest, journeys)
            && newest.Number != baseBuild?.Number
            && newest.Models.Count == built.Count
            && built.All(model => newest.Models.GetValueOrDefault(model.Key)?.Content == model.Value.Record.Content)
            && pinned.All(pin => newest.Tables.GetValueOrDefault(pin.Key) == pin.Value.Pin)
            ? newest
            : null;
    }

    private static bool HasJourneys(Build build, IReadOnlyDictionary<string, string> journeys) =>
        build.Journeys.Count == journeys.Count
        && journeys.All(journey => build.Journeys.GetValueOrDefault(journey.Key) == journey.Value);

    // A later interval's rows make new versions of the raw tables and leave this interval's build as it was.
    private async Task<bool> HasInputsOfRunAsync(
        Build build,
        IReadOnlyDictionary<TableId, TableSnapshot> pinned,
        CancellationToken cancellationToken
    )
    {
        foreach (var (table, now) in pinned)
        {
            if (!build.Tables.TryGetValue(table, out var then))
            {
                return false;
            }

            if (then != now.Pin)
            {
                var before = await BuildSnapshot.FindAsync(ports.Store, build, table, cancellationToken);
                if (before is null || !FilesOfRun(before).SequenceEqual(FilesOfRun(now), StringComparer.Ordinal))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private IEnumerable<string> FilesOfRun(TableSnapshot snapshot) =>
        snapshot
            .Files.Where(file => project.IsImport(snapshot.Table.Schema) || file.Interval == interval.Id)
            .SelectMany(file => file.Origins)
            .Order(StringComparer.Ordinal);
}
