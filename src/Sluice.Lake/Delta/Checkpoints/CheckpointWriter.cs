using Apache.Arrow;
using ParquetSharp;
using ParquetSharp.Arrow;
using Sluice.Lake.Files;

namespace Sluice.Lake.Delta.Checkpoints;

/// <summary>Writes the actions that a version adds up to as the protocol's classic checkpoint: one Parquet file, a row per action.</summary>
internal static class CheckpointWriter
{
    private static readonly ActionColumn<DeltaAction>[] Columns =
    [
        ActionColumn.Struct<DeltaAction, DeltaTxn>(
            "txn",
            action => action.Txn,
            ActionColumn.Text<DeltaTxn>("appId", txn => txn.AppId),
            ActionColumn.Long<DeltaTxn>("version", txn => txn.Version),
            ActionColumn.Long<DeltaTxn>("lastUpdated", txn => txn.LastUpdated)
        ),
        ActionColumn.Struct<DeltaAction, DeltaAdd>(
            "add",
            action => action.Add,
            ActionColumn.Text<DeltaAdd>("path", add => add.Path),
            ActionColumn.Map<DeltaAdd>("partitionValues", add => add.PartitionValues),
            ActionColumn.Long<DeltaAdd>("size", add => add.Size),
            ActionColumn.Long<DeltaAdd>("modificationTime", add => add.ModificationTime),
            ActionColumn.Truth<DeltaAdd>("dataChange", add => add.DataChange),
            ActionColumn.Text<DeltaAdd>("stats", add => add.Stats),
            ActionColumn.Map<DeltaAdd>("tags", add => Nullable(add.Tags))
        ),
        ActionColumn.Struct<DeltaAction, DeltaRemove>(
            "remove",
            action => action.Remove,
            ActionColumn.Text<DeltaRemove>("path", remove => remove.Path),
            ActionColumn.Long<DeltaRemove>("deletionTimestamp", remove => remove.DeletionTimestamp),
            ActionColumn.Truth<DeltaRemove>("dataChange", remove => remove.DataChange),
            ActionColumn.Truth<DeltaRemove>("extendedFileMetadata", remove => remove.ExtendedFileMetadata),
            ActionColumn.Map<DeltaRemove>("partitionValues", remove => remove.PartitionValues),
            ActionColumn.Long<DeltaRemove>("size", remove => remove.Size),
            ActionColumn.Map<DeltaRemove>("tags", remove => Nullable(remove.Tags))
        ),
        ActionColumn.Struct<DeltaAction, DeltaMetaData>(
            "metaData",
            action => action.MetaData,
            ActionColumn.Text<DeltaMetaData>("id", metaData => metaData.Id),
            ActionColumn.Struct<DeltaMetaData, DeltaFormat>(
                "format",
                metaData => metaData.Format,
                ActionColumn.Text<DeltaFormat>("provider", format => format.Provider),
                ActionColumn.Map<DeltaFormat>("options", format => Nullable(format.Options))
            ),
            ActionColumn.Text<DeltaMetaData>("schemaString", metaData => metaData.SchemaString),
            ActionColumn.List<DeltaMetaData>("partitionColumns", metaData => metaData.PartitionColumns),
            ActionColumn.Map<DeltaMetaData>("configuration", metaData => Nullable(metaData.Configuration)),
            ActionColumn.Long<DeltaMetaData>("createdTime", metaData => metaData.CreatedTime)
        ),
        ActionColumn.Struct<DeltaAction, DeltaProtocol>(
            "protocol",
            action => action.Protocol,
            ActionColumn.Integer<DeltaProtocol>("minReaderVersion", protocol => protocol.MinReaderVersion),
            ActionColumn.Integer<DeltaProtocol>("minWriterVersion", protocol => protocol.MinWriterVersion)
        ),
    ];

    /// <summary>Writes the file; it is not synced.</summary>
    /// <param name="path">A private name.</param>
    /// <param name="actions">The actions, one a row.</param>
    public static void Write(string path, IReadOnlyList<DeltaAction> actions)
    {
        var schema = new Schema(Columns.Select(column => column.Field), metadata: null);
        using var batch = new RecordBatch(schema, Columns.Select(column => column.Build(actions)), actions.Count);
        using var builder = new WriterPropertiesBuilder();
        using var properties = builder
            .Compression(Compression.Zstd)
            .DataPageVersion(ParquetDataPageVersion.V1)
            .EnablePageChecksum()
            .CreatedBy("Sluice")
            .Build();
        try
        {
            using var writer = new FileWriter(path, schema, properties);
            writer.WriteRecordBatch(batch);
            writer.Close();
        }
        catch (ParquetException failure)
        {
            throw StorageFault.Of(failure, path);
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>>? Nullable(IReadOnlyDictionary<string, string>? map) =>
        map?.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value));
}
