namespace Sluice.Lake.Delta;

internal sealed record DeltaTxn
{
    public required string AppId { get; init; }

    public required long Version { get; init; }

    public long? LastUpdated { get; init; }
}
