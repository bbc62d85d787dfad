namespace Sluice.Lake.Delta.Checkpoints;

/// <summary>The content of <c>_last_checkpoint</c>: a hint for readers that cannot list a folder. Sluice itself lists.</summary>
internal sealed record LastCheckpoint
{
    public const string FileName = "_last_checkpoint";

    public required long Version { get; init; }

    /// <summary>Actions in the checkpoint.</summary>
    public required long Size { get; init; }
}
