namespace Sluice.Core.Statistics;

/// <summary>A confidence interval, both ends inside.</summary>
/// <param name="Low">The lower end, in the unit of what is estimated.</param>
/// <param name="High">The upper end, not below the lower one.</param>
public readonly record struct Interval(double Low, double High);
