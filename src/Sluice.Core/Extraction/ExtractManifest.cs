using System.Text.Json;
using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>What an unfinished extract has so far, so that another process can go on with it. Lies beside its part files.</summary>
internal sealed record ExtractManifest
{
    /// <summary>The window, fixed when the extract began.</summary>
    public required ExtractWindow Window { get; init; }

    /// <summary>The source's clock when it began, in microseconds.</summary>
    public required long StartedMicros { get; init; }

    /// <summary>The place of the next row in the table's order.</summary>
    public required long NextSeq { get; init; }

    /// <summary>The ranges and how far each came.</summary>
    public required IReadOnlyList<ExtractRange> Ranges { get; init; }

    /// <summary>The finished part files.</summary>
    public required IReadOnlyList<StagedFile> Parts { get; init; }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null where it is damaged or nothing.</summary>
    public static ExtractManifest? Read(ReadOnlyMemory<byte>? bytes)
    {
        try
        {
            return bytes is { } some
                ? JsonSerializer.Deserialize(some.Span, ExtractJson.Default.ExtractManifest)
                : null;
        }
        catch (JsonException)
        {
            // Half written or of another version: the extract begins again.
            return null;
        }
    }

    /// <summary>The manifest as JSON.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ExtractJson.Default.ExtractManifest);
}
