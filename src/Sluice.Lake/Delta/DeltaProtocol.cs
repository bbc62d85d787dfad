namespace Sluice.Lake.Delta;

internal sealed record DeltaProtocol
{
    public int MinReaderVersion { get; init; }

    public int MinWriterVersion { get; init; }

    public IReadOnlyList<string>? ReaderFeatures { get; init; }

    public IReadOnlyList<string>? WriterFeatures { get; init; }
}
