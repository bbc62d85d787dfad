namespace Sluice.Lake.Delta;

internal sealed record DeltaCommitInfo
{
    public long Timestamp { get; init; }

    public string? Operation { get; init; }

    public IReadOnlyDictionary<string, string>? OperationParameters { get; init; }

    public IReadOnlyDictionary<string, string>? OperationMetrics { get; init; }

    public bool? IsBlindAppend { get; init; }

    public string? EngineInfo { get; init; }
}
