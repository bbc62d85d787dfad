namespace Sluice.Core.Funnels;

/// <summary>The steps of the units that share the values of the breakdown.</summary>
/// <param name="Values">A value per breakdown: text, a number, a date or null. Empty for the total.</param>
/// <param name="Steps">The counts per step.</param>
public sealed record FunnelSegment(IReadOnlyList<object?> Values, IReadOnlyList<StepCount> Steps)
{
    /// <summary>Whether it stands for all segments beyond the limit.</summary>
    public bool IsOther { get; init; }
}
