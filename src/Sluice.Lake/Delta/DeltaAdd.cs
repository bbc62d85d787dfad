using System.Text.Json;

namespace Sluice.Lake.Delta;

internal sealed record DeltaAdd
{
    /// <summary>Relative to the table, percent-encoded as a URI.</summary>
    public required string Path { get; init; }

    public required IReadOnlyDictionary<string, string?> PartitionValues { get; init; }

    public required long Size { get; init; }

    public required long ModificationTime { get; init; }

    public required bool DataChange { get; init; }

    /// <summary>JSON in a string, as the protocol has it.</summary>
    public string? Stats { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public JsonElement? DeletionVector { get; init; }
}
