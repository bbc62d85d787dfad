namespace Sluice.Lake.Delta;

internal sealed record DeltaFormat
{
    public required string Provider { get; init; }

    public required IReadOnlyDictionary<string, string> Options { get; init; }
}
