namespace Sluice.Lake.Delta;

internal sealed record DeltaRemove
{
    public required string Path { get; init; }

    public long? DeletionTimestamp { get; init; }

    public required bool DataChange { get; init; }

    public bool? ExtendedFileMetadata { get; init; }

    public IReadOnlyDictionary<string, string?>? PartitionValues { get; init; }

    public long? Size { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
