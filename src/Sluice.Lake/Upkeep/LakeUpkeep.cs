using Sluice.Core.Tables;
using Sluice.Lake.Delta;
using Sluice.Lake.Files;

namespace Sluice.Lake.Upkeep;

/// <summary>What is done to a lake besides reading and writing tables: looked back at, checked, cleaned, set back.</summary>
/// <remarks>Safe beside readers and writers of other processes.</remarks>
public sealed class LakeUpkeep
{
    private readonly LakeLayout _layout;
    private readonly TimeProvider _clock;

    /// <summary>Opens the lake of a project.</summary>
    /// <param name="root">Absolute path of the project's <c>.sluice</c> folder.</param>
    /// <param name="clock">The time.</param>
    public LakeUpkeep(string root, TimeProvider clock) => (_layout, _clock) = (new LakeLayout(root), clock);

    /// <summary>The commits of a table, newest first, as far back as its log goes.</summary>
    /// <exception cref="Sluice.Core.PipelineException">A commit is damaged.</exception>
    public Task<IReadOnlyList<TableHistoryEntry>> HistoryAsync(
        TableId table,
        CancellationToken cancellationToken = default
    ) => TableHistory.ReadAsync(LogOf(table), cancellationToken);

    /// <summary>Compares a table with its log: the newest version, and those that builds name.</summary>
    /// <param name="table">The table.</param>
    /// <param name="pinned">The versions that builds name.</param>
    /// <param name="deep">Read every page to its last byte, and hold each checkpoint against the commits.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<VerifyOutcome> VerifyAsync(
        TableId table,
        IEnumerable<TableVersion> pinned,
        bool deep,
        CancellationToken cancellationToken = default
    ) => new TableVerify(table, LogOf(table), deep).RunAsync(pinned, cancellationToken);

    /// <summary>
    /// Removes data files that nothing needs: no build, no version within the retention time, no commit at work; and commits of more
    /// than 30 days before the checkpoint from which all of these versions can be read.
    /// </summary>
    /// <param name="tables">The tables.</param>
    /// <param name="pinned">The versions that builds name.</param>
    /// <param name="retain">How long a version stays readable after the next one came.</param>
    /// <param name="dryRun">Remove nothing, and tell what would be.</param>
    /// <param name="cancellationToken">Stops it between two files.</param>
    /// <exception cref="Sluice.Core.PipelineException">A log is damaged, or another vacuum or restore is at work.</exception>
    public async Task<IReadOnlyList<VacuumOutcome>> VacuumAsync(
        IEnumerable<TableId> tables,
        ILookup<TableId, TableVersion> pinned,
        TimeSpan retain,
        bool dryRun,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(pinned);
        using var alone = UpkeepLock.Take(_layout);
        var now = _clock.GetUtcNow();
        var outcomes = new List<VacuumOutcome>();
        foreach (var table in tables)
        {
            var vacuum = new TableVacuum(table, _layout, LogOf(table), now - retain, now - LogCleanup.Retention);
            outcomes.Add(await vacuum.RunAsync([.. pinned[table]], dryRun, cancellationToken));
        }

        return outcomes;
    }

    /// <summary>Makes a table what it was at an older version, by a new commit.</summary>
    /// <param name="table">A table of the raw zone.</param>
    /// <param name="version">The older version.</param>
    /// <param name="cancellationToken">Stops it before anything is visible.</param>
    /// <exception cref="Sluice.Core.DefinitionException">There is no such version, or the table is made by a model.</exception>
    /// <exception cref="Sluice.Core.PipelineException">Files of that version are gone; the message names them.</exception>
    public async Task<RestoreOutcome> RestoreAsync(
        TableId table,
        long version,
        CancellationToken cancellationToken = default
    )
    {
        using var alone = UpkeepLock.Take(_layout);
        return await TableRestore.RunAsync(table, version, _layout, _clock, cancellationToken);
    }

    private DeltaLog LogOf(TableId table) => new(table, _layout.FolderOf(table));
}
