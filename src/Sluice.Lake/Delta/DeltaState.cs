using System.Globalization;
using Sluice.Core;
using Sluice.Core.Tables;

namespace Sluice.Lake.Delta;

/// <summary>What the commits up to a version add up to. Filled by one thread, then only read.</summary>
internal sealed class DeltaState(TableId table, string folder)
{
    /// <summary>The tag that says which interval's run wrote a file.</summary>
    public const string IntervalTag = "sluice.interval";

    /// <summary>The only partition column that Sluice writes or reads.</summary>
    public const string PartitionColumn = "ds";

    private const int ReaderVersion = 1;
    private const int WriterVersion = 2;

    // A removed file may come back, and dictionaries keep no order after a removal: the place of the add is kept.
    private readonly Dictionary<string, (long Place, DeltaAdd Add)> _live = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _transactions = new(StringComparer.Ordinal);
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
        _transactions.TryGetValue(application, out var version) ? version : null;

    public void Apply(long version, IEnumerable<DeltaAction> actions)
    {
        foreach (var action in actions)
        {
            _protocol = action.Protocol ?? _protocol;
            MetaData = action.MetaData ?? MetaData;
            _timestamp = action.CommitInfo?.Timestamp ?? _timestamp;
            if (action.Txn is { } txn)
            {
                _transactions[txn.AppId] = txn.Version;
            }

            if (action.Remove is { } remove)
            {
                _live.Remove(remove.Path);
            }

            if (action.Add is { } add)
            {
                _live[add.Path] = (_places++, add);
            }
        }

        Version = version;
        ThrowIfUnreadable();
    }

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
            Transactions = _transactions,
            CommittedAt = DateTimeOffset.FromUnixTimeMilliseconds(_timestamp),
        };

    private DataFile ToDataFile(DeltaAdd add)
    {
        var (rows, min, max) = DeltaStatistics.Read(add.Stats);
        return new DataFile
        {
            Path = Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(add.Path))),
            Bytes = add.Size,
            Rows = rows,
            Ds = add.PartitionValues.GetValueOrDefault(PartitionColumn) is { Length: > 0 } ds
                ? DateOnly.ParseExact(ds, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                : null,
            Interval = add.Tags?.GetValueOrDefault(IntervalTag) ?? "",
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
