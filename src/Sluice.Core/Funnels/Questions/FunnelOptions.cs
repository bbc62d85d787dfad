namespace Sluice.Core.Funnels.Questions;

/// <summary>What an answer shows beside the counts.</summary>
public sealed record FunnelOptions
{
    /// <summary>The periods of the trend; null for none.</summary>
    public DatePeriod? Trend { get; init; }

    /// <summary>Whether to compare with the equally long range before <see cref="FunnelDefinition.From"/>.</summary>
    public bool CompareBefore { get; init; }

    /// <summary>Bins of the histogram of times to convert, at least 1; null for the automatic number.</summary>
    public int? Bins { get; init; }

    /// <summary>What answers.</summary>
    /// <value>The index where it can, else SQL.</value>
    public FunnelEngine Engine { get; init; }
}
