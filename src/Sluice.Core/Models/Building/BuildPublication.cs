using Sluice.Core.Builds;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Projects;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Building;

/// <summary>Decides whether a run made anything new, and publishes its build if so.</summary>
/// <param name="ports">What the run works with.</param>
/// <param name="project">The project.</param>
/// <param name="claim">Whose it is.</param>
/// <param name="journal">Its journal.</param>
/// <param name="baseBuild">The interval's newest build when the run began; null where there was none.</param>
internal sealed class BuildPublication(
    ModelingPorts ports,
    ProjectDefinition project,
    ModelingClaim claim,
    IModelingJournal journal,
    Build? baseBuild
)
{
    private readonly ModelingPins _pins = journal.Pins;
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
        var newest = Newest();
        if (await FindDoneAsync(cancellationToken) is { } same)
        {
            return (same, true);
        }

        var tables = pinned.ToDictionary(pin => pin.Key, pin => pin.Value.Pin);
        foreach (var (name, model) in built)
        {
            tables[TableId.Mart(name)] = model.Snapshot.Pin;
        }

        var models = built.ToDictionary(model => model.Key, model => model.Value.Record, StringComparer.Ordinal);
        Build? done = null;
        var published = await ports.Builds.PublishAsync(
            async (number, token) =>
            {
                // Another run may have published since it was looked.
                if (Newest() != newest && (done = await FindDoneAsync(token)) is not null)
                {
                    return null;
                }

                var seen = await ThrowIfOvertakenAsync(token);
                var current = await _catalog.CurrentAsync(token);
                return new Build
                {
                    Number = number,
                    CreatedAt = ports.Clock.GetUtcNow(),
                    Interval = _pins.Interval,
                    Promoted = promote || current is null || _pins.Interval.Start >= current.Interval.Start,
                    Tables = tables,
                    Models = models,
                    Journeys = journeys,
                    Token = claim.Token ?? seen + 1,
                    Journal = journal.Id,
                };
            },
            cancellationToken
        );
        return published is null ? (done!, true) : (published, false);

        async Task<Build?> FindDoneAsync(CancellationToken token) =>
            await FindSameAsync(pinned, built, journeys, token) is { } same
            && (!promote || (await _catalog.CurrentAsync(token))?.Number == same.Number)
                ? same
                : null;
    }

    private long Newest() => ports.Builds.ListNewestFirst() is [var newest, ..] ? newest : 0;

    // Only who pinned last publishes, and nobody after a later holder of the right to.
    private async Task<long> ThrowIfOvertakenAsync(CancellationToken cancellationToken)
    {
        var now = await claim.Journals.FindAsync(claim.DagId, _pins.Interval, cancellationToken);
        if (now?.Id != journal.Id)
        {
            throw ModelingClaim.Overtaken($"pinned the inputs of {_pins.Interval.Ds}");
        }

        var seen = Math.Max(_pins.Token, baseBuild?.Token ?? 0);
        foreach (var build in await SincePinnedAsync(cancellationToken))
        {
            seen = Math.Max(seen, build.Token);
        }

        claim.ThrowIfOvertaken(seen, $"published a build of {_pins.Interval.Ds}");
        return seen;
    }

    // Those of the interval, newest first.
    private async Task<IReadOnlyList<Build>> SincePinnedAsync(CancellationToken cancellationToken)
    {
        var builds = new List<Build>();
        foreach (var number in ports.Builds.ListNewestFirst().TakeWhile(number => number > (_pins.Builds.Newest ?? 0)))
        {
            var build = await ports.Builds.ReadAsync(number, cancellationToken);
            if (build.Interval.Id == _pins.Interval.Id)
            {
                builds.Add(build);
            }
        }

        return builds;
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

        // This run may have published before it was killed, or another one the same meanwhile.
        var since = await SincePinnedAsync(cancellationToken);
        if (since.FirstOrDefault(build => build.Journal == journal.Id) is { } own)
        {
            return own;
        }

        return
            !_pins.FullRefresh
            && since is [var newest, ..]
            && HasJourneys(newest, journeys)
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
            .Files.Where(file => project.IsImport(snapshot.Table.Schema) || file.Interval == _pins.Interval.Id)
            .SelectMany(file => file.Origins)
            .Order(StringComparer.Ordinal);
}
