namespace Sluice.Core.Funnels.Evaluation;

/// <summary>One event of one unit.</summary>
/// <param name="Micros">Its time in microseconds since the epoch; <see cref="NoTime"/> where it has none.</param>
/// <param name="Kind">What it can be in the funnel.</param>
/// <param name="Group">
/// Stands for its values of the properties that are held: an attempt has events of one group only. Below 0 for an event
/// that lacks a value; it takes no part.
/// </param>
public readonly record struct FunnelEvent(long Micros, EventKind Kind, int Group = 0)
{
    /// <summary>Stands for the time of an event that has none: before every time there is.</summary>
    public const long NoTime = long.MinValue;
}
