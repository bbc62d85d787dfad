using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Lake.Files;
using Sluice.Lake.Parquet;

namespace Sluice.Lake.Delta;

/// <summary>The lake's tables as Delta tables of reader version 1 and writer version 2 on a local file system.</summary>
/// <remarks>Safe for many threads and processes: the log's numbered files are the only thing they share.</remarks>
public sealed class DeltaTableStore : ITableStore
{
    private readonly LakeLayout _layout;
    private readonly TimeProvider _clock;

    /// <summary>Opens the lake of a project; nothing is created before the first write.</summary>
    /// <param name="root">Absolute path of the project's <c>.sluice</c> folder.</param>
    /// <param name="clock">The time of commits.</param>
    public DeltaTableStore(string root, TimeProvider clock) => (_layout, _clock) = (new LakeLayout(root), clock);

    /// <inheritdoc/>
    public IReadOnlyList<TableId> List() =>
        [.. _layout.Tables().Where(table => new DeltaLog(table, _layout.FolderOf(table)).NewestVersion() >= 0).Order()];

    /// <inheritdoc/>
    public async Task<TableSnapshot?> ReadAsync(
        TableId table,
        long? version = null,
        CancellationToken cancellationToken = default
    )
    {
        var log = new DeltaLog(table, _layout.FolderOf(table));
        var newest = log.NewestVersion();
        if (newest < 0 && version is null)
        {
            return null;
        }

        if (version > newest)
        {
            throw new PipelineException($"The table {table} has no version {version}; its newest is {newest}.")
            {
                Hint = "The lake was changed by hand: restore the table's folder, or run 'sluice run' again.",
            };
        }

        return (await log.ReplayAsync(version ?? newest, cancellationToken)).ToSnapshot();
    }

    /// <inheritdoc/>
    public Task<IStagingArea> StageAsync(
        TableId table,
        string? name = null,
        CancellationToken cancellationToken = default
    ) => Task.FromResult<IStagingArea>(new StagingArea(StagingFolder.Create(_layout.Staging, name)));

    /// <inheritdoc/>
    public async Task<long> CommitAsync(
        TableId table,
        TableCommit commit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(commit);
        using var writer = new DeltaWriter(table, _layout, _clock);
        var tags = new Dictionary<string, string> { [DeltaState.IntervalTag] = commit.Interval.Id };
        var ds = commit.Partitioned ? commit.Interval.Ds : null;
        var kept = await ReadKeptAsync(writer, commit, cancellationToken);
        var adds = writer.Publish([
            .. (commit.Keeps?.Rewritten ?? []).Select(file => DeltaState.PartOf(file, commit.Schema)),
            .. commit.Files.Select(file => new NewDataFile(file, ds, commit.Schema, tags)),
        ]);
        var tableId = Guid.NewGuid().ToString();
        var widening = new DeltaWidening(table, writer, cancellationToken);
        return await writer.CommitAsync(
            (state, now) =>
            {
                ThrowIfOvertaken(table, state, commit);
                var widened = widening.Rewrite(state, commit);
                return DeltaCommitBuilder.Actions(table, state, commit, [.. kept, .. adds], widened, tableId, now);
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async Task<long> RewriteAsync(
        TableId table,
        TableRewrite rewrite,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        using var writer = new DeltaWriter(table, _layout, _clock);
        var newest = await writer.Log.ReplayAsync(writer.Log.NewestVersion(), cancellationToken);
        var schema = newest.ToSnapshot().Schema;
        var adds = writer.Publish(rewrite.Adds.Select(file => DeltaState.Rewritten(file, schema)));
        return await writer.CommitAsync(
            (state, now) => DeltaRewriteBuilder.Rewrite(table, state ?? newest, rewrite, adds, now),
            cancellationToken
        );
    }

    // As the version had them: live or not in the newest one, their statistics and tags stay what they are.
    private static async Task<IReadOnlyList<DeltaAdd>> ReadKeptAsync(
        DeltaWriter writer,
        TableCommit commit,
        CancellationToken cancellationToken
    )
    {
        if (commit.Keeps is not { Paths.Count: > 0 } keeps)
        {
            return [];
        }

        var before = await writer.Log.ReplayAsync(keeps.Version, cancellationToken);
        return [.. before.Live.Where(file => keeps.Paths.Contains(before.PathOf(file)))];
    }

    private static void ThrowIfOvertaken(TableId table, DeltaState? state, TableCommit commit)
    {
        var seen = state?.TransactionOf(commit.Token.Application) ?? 0;
        if (seen >= commit.Token.Version || (commit.Token.After is { } after && seen != after))
        {
            throw TableConflictException.Overtaken(table, commit.Interval, seen, commit.Token.Version);
        }

        if (commit.BasedOn is { } read && state?.TransactionOf(RestoredProgress.Application) > read)
        {
            throw new TableConflictException(
                $"The table {table} was restored to an older version while {commit.Interval.Ds} was at work; this one changed nothing."
            )
            {
                Hint = "Run it again: it begins from the restored version.",
            };
        }
    }

    private sealed class StagingArea(StagingFolder folder) : IStagingArea
    {
        public string Folder => folder.Path;

        public ReadOnlyMemory<byte>? Note => folder.ReadNote();

        public IPageWriter CreateWriter(TableSchema schema, bool isGentle = false) =>
            new ParquetPageWriter(folder.Path, schema, isGentle);

        public StagedFile? Join(
            IReadOnlyList<DataFile> files,
            TableSchema schema,
            CancellationToken cancellationToken
        ) => ParquetJoin.Run(files, schema, folder.Path, cancellationToken);

        public void Keep(ReadOnlySpan<byte> note) => folder.Keep(note);

        public void Clear() => folder.Clear();

        public ValueTask DisposeAsync() => folder.DisposeAsync();
    }
}
