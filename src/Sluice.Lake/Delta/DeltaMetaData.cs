namespace Sluice.Lake.Delta;

internal sealed record DeltaMetaData
{
    public required string Id { get; init; }

    public required DeltaFormat Format { get; init; }

    public required string SchemaString { get; init; }

    public required IReadOnlyList<string> PartitionColumns { get; init; }

    public required IReadOnlyDictionary<string, string> Configuration { get; init; }

    public long? CreatedTime { get; init; }
}
