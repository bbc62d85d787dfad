using System.Globalization;
using Sluice.Core;
using Sluice.Core.Tables;

namespace Sluice.Lake.Delta;

/// <summary>What the commits up to a version add up to. Filled by one thread, then only read.</summary>
internal sealed class DeltaState(TableId table, string folder)
{
    /// <summary>The tag that says which interval's run wrote a file.</summary>
    public const string IntervalTag = "sluice.interval";

    /// <summary>The tag that names the files whose rows a joined file has, with commas between.</summary>
    public const string OriginsTag = "sluice.origins";

    /// <summary>The tag that holds the checksum of a file whose pages have none.</summary>
    public const string ChecksumTag = "sluice.xxh128";

    /// <summary>The only partition column that Sluice writes or reads.</summary>
    public const string PartitionColumn = "ds";

    private const int ReaderVersion = 1;
    private const int WriterVersion = 2;

    // A removed file may come back, and dictionaries keep no order after a removal: the place of the add is kept.
    private readonly Dictionary<string, (long Place, DeltaAdd Add)> _live = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeltaRemove> _removed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeltaTxn> _transactions = new(StringComparer.Ordinal);
    private DeltaProtocol? _protocol;
    private long _places;
    private long _timestamp;

    /// <summary>The last version applied.</summary>
    public long Version { get; private set; } = -1;

    /// <summary>The columns and partitions in force.</summary>
    public DeltaMetaData? MetaData { get; private set; }

    /// <summary>The live files, in the order they were added.</summary>
    public IEnumerable<DeltaAdd> Live => _live.Values.OrderBy(file => file.Place).Select(file => file.Add);

    /// <summary>The version that an application recorded last; null where it recorded none.</summary>
    public long? TransactionOf(string application) =>
        _transactions.TryGetValue(application, out var txn) ? txn.Version : null;

    /// <summary>Absolute path of a file.</summary>
    public string PathOf(DeltaAdd add) => PathOf(folder, add.Path);

    /// <summary>Absolute path of a file in a table's folder.</summary>
    public static string PathOf(string folder, string path) =>
        Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(path)));

    /// <summary>A file that holds the rows of others, as it is to become part of the table.</summary>
    public static NewDataFile Rewritten(RewrittenFile file, TableSchema schema) =>
        new(
            file.File,
            file.Of[0].Ds?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            schema,
            new Dictionary<string, string>
            {
                [IntervalTag] = file.Of[0].Interval,
                [OriginsTag] = string.Join(',', file.Of.SelectMany(old => old.Origins)),
            }
        );

    /// <summary>A file that holds some rows of others, as it is to become part of the table: rows of its own, of their interval.</summary>
    public static NewDataFile PartOf(RewrittenFile file, TableSchema schema) =>
        Rewritten(file, schema) with
        {
            Tags = new Dictionary<string, string> { [IntervalTag] = file.Of[0].Interval },
        };

    public void Apply(long version, IEnumerable<DeltaAction> actions)
    {
        foreach (var action in actions)
        {
            _protocol = action.Protocol ?? _protocol;
            MetaData = action.MetaData ?? MetaData;
            _timestamp = action.CommitInfo?.Timestamp ?? _timestamp;
            if (action.Txn is { } txn)
            {
                _transactions[txn.AppId] = txn;
            }

            if (action.Remove is { } remove)
            {
                _live.Remove(remove.Path);
                _removed[remove.Path] = remove;
            }

            if (action.Add is { } add)
            {
                _live[add.Path] = (_places++, add);
                _removed.Remove(add.Path);
            }
        }

        Version = version;
        ThrowIfUnreadable();
    }

    /// <summary>Takes the time of the version from its commit: a checkpoint does not keep it.</summary>
    public void TakeTime(IEnumerable<DeltaAction> commit) =>
        _timestamp =
            commit.FirstOrDefault(action => action.CommitInfo is not null)?.CommitInfo?.Timestamp ?? _timestamp;

    /// <summary>The actions that lead to this state at once: what a checkpoint holds.</summary>
    /// <param name="removedSinceMillis">Removals before it are forgotten.</param>
    public List<DeltaAction> ToActions(long removedSinceMillis) =>
        [
            new() { Protocol = _protocol },
            new() { MetaData = MetaData },
            .. _transactions.Values.Select(txn => new DeltaAction { Txn = txn }),
            .. _removed
                .Values.Where(remove => remove.DeletionTimestamp >= removedSinceMillis)
                .Select(remove => new DeltaAction { Remove = remove with { DataChange = false } }),
            .. Live.Select(file => new DeltaAction { Add = file with { DataChange = false } }),
        ];

    /// <summary>Refuses a table that a writer of version 2 may not change.</summary>
    public void ThrowIfNotWritable()
    {
        var appendOnly = MetaData!.Configuration.TryGetValue("delta.appendOnly", out var value) && value == "true";
        if (
            _protocol!.MinWriterVersion > WriterVersion
            || appendOnly
            || MetaData.SchemaString.Contains("delta.invariants", StringComparison.Ordinal)
        )
        {
            throw new PipelineException(
                $"The table {table} was changed by another program: it needs a Delta writer of version {_protocol.MinWriterVersion} or forbids changes."
            )
            {
                Hint = "Sluice writes version 2 without append-only tables and invariants; give it a table of its own.",
            };
        }
    }

    public TableSnapshot ToSnapshot() =>
        new()
        {
            Table = table,
            Incarnation = MetaData!.Id,
            Version = Version,
            Schema = DeltaSchema.Read(MetaData!.SchemaString, table),
            Log = ChangeLogProperties.Read(MetaData.Configuration, table),
            Files = [.. Live.Select(ToDataFile)],
            Transactions = _transactions.ToDictionary(txn => txn.Key, txn => txn.Value.Version, StringComparer.Ordinal),
            CommittedAt = DateTimeOffset.FromUnixTimeMilliseconds(_timestamp),
        };

    private DataFile ToDataFile(DeltaAdd add)
    {
        var (rows, min, max) = DeltaStatistics.Read(add.Stats);
        var path = PathOf(add);
        return new DataFile
        {
            Path = path,
            Origins = add.Tags?.GetValueOrDefault(OriginsTag)?.Split(',') ?? [Path.GetFileName(path)],
            Bytes = add.Size,
            Rows = rows,
            Ds = add.PartitionValues.GetValueOrDefault(PartitionColumn) is { Length: > 0 } ds
                ? DateOnly.ParseExact(ds, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                : null,
            Interval = add.Tags?.GetValueOrDefault(IntervalTag) ?? "",
            Checksum = add.Tags?.GetValueOrDefault(ChecksumTag),
            MinValues = min,
            MaxValues = max,
        };
    }

    private void ThrowIfUnreadable()
    {
        if (_protocol is null || MetaData is null)
        {
            throw new PipelineException(
                $"The log of {table} is damaged: version {Version} is reached without a protocol and columns."
            );
        }

        var partitions = MetaData.PartitionColumns;
        var strange =
            _protocol.MinReaderVersion > ReaderVersion
                ? $"it needs a Delta reader of version {_protocol.MinReaderVersion}"
            : partitions.Any(column => column != PartitionColumn)
                ? $"it is partitioned by {string.Join(", ", partitions)}"
            : null;
        if (strange is not null)
        {
            throw new PipelineException($"Sluice cannot read {table}: {strange}.")
            {
                Hint = "It reads what it writes: reader version 1, partitioned by ds.",
            };
        }
    }
}
