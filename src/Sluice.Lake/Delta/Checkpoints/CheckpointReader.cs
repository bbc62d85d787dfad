using Apache.Arrow;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace Sluice.Lake.Delta.Checkpoints;

/// <summary>Reads a classic checkpoint, also one of another writer: columns it does not know are left out.</summary>
internal static class CheckpointReader
{
    /// <summary>The actions of the file, with every page's checksum looked at.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or is no checkpoint.</exception>
    public static async Task<List<DeltaAction>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var actions = new List<DeltaAction>();
            using var properties = ReaderProperties.GetDefaultReaderProperties();
            properties.EnablePageChecksumVerification();
            using var file = new FileReader(path, properties);
            using var batches = file.GetRecordBatchReader();
            while (await batches.ReadNextRecordBatchAsync(cancellationToken) is { } batch)
            {
                using (batch)
                {
                    Read(batch, actions);
                }
            }

            return
                actions.Exists(action => action.Protocol is not null)
                && actions.Exists(action => action.MetaData is not null)
                ? actions
                : throw new InvalidDataException("it has no protocol or no columns");
        }
        // Native code tells of a damaged file in many ways; whatever it is, the log says the same as the checkpoint.
        catch (Exception damage) when (damage is not (OperationCanceledException or OutOfMemoryException))
        {
            throw new InvalidDataException(damage.Message, damage);
        }
    }

    private static void Read(RecordBatch batch, List<DeltaAction> actions)
    {
        foreach (
            var (name, read) in new (string, Func<ActionRow, DeltaAction>)[]
            {
                ("protocol", row => new() { Protocol = Protocol(row) }),
                ("metaData", row => new() { MetaData = MetaData(row) }),
                ("txn", row => new() { Txn = Txn(row) }),
                ("remove", row => new() { Remove = Remove(row) }),
                ("add", row => new() { Add = Add(row) }),
            }
        )
        {
            if (batch.Schema.FieldsLookup.Contains(name) && batch.Column(name) is StructArray column)
            {
                actions.AddRange(
                    Enumerable.Range(0, column.Length).Where(column.IsValid).Select(at => read(new(column, at)))
                );
            }
        }
    }

    private static DeltaProtocol Protocol(ActionRow row) =>
        new()
        {
            MinReaderVersion = (int)row.Number("minReaderVersion")!,
            MinWriterVersion = (int)row.Number("minWriterVersion")!,
        };

    private static DeltaMetaData MetaData(ActionRow row)
    {
        var format = row.Inner("format")!.Value;
        return new()
        {
            Id = row.Required("id"),
            Format = new() { Provider = format.Required("provider"), Options = Texts(format.Map("options")) ?? [] },
            SchemaString = row.Required("schemaString"),
            PartitionColumns = row.List("partitionColumns"),
            Configuration = Texts(row.Map("configuration")) ?? [],
            CreatedTime = row.Number("createdTime"),
        };
    }

    private static DeltaTxn Txn(ActionRow row) =>
        new()
        {
            AppId = row.Required("appId"),
            Version = row.Number("version")!.Value,
            LastUpdated = row.Number("lastUpdated"),
        };

    private static DeltaRemove Remove(ActionRow row) =>
        new()
        {
            Path = row.Required("path"),
            DeletionTimestamp = row.Number("deletionTimestamp"),
            DataChange = row.Truth("dataChange") ?? false,
            ExtendedFileMetadata = row.Truth("extendedFileMetadata"),
            PartitionValues = row.Map("partitionValues"),
            Size = row.Number("size"),
            Tags = Texts(row.Map("tags")),
        };

    private static DeltaAdd Add(ActionRow row) =>
        new()
        {
            Path = row.Required("path"),
            PartitionValues = row.Map("partitionValues") ?? [],
            Size = row.Number("size")!.Value,
            ModificationTime = row.Number("modificationTime")!.Value,
            DataChange = row.Truth("dataChange") ?? false,
            Stats = row.Text("stats"),
            Tags = Texts(row.Map("tags")),
        };

    private static Dictionary<string, string>? Texts(Dictionary<string, string?>? map) =>
        map
            ?.Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
}
