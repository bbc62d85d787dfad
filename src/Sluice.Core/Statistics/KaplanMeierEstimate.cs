namespace Sluice.Core.Statistics;

/// <summary>The share of units that convert by a horizon, of whom some were not watched as long.</summary>
/// <param name="Conversion">1 − S(horizon), 0 to 1.</param>
/// <param name="Interval">Where the true share lies, inside 0 to 1.</param>
/// <param name="Events">Units seen to convert, at the horizon or before.</param>
/// <param name="Censored">Units whose watching ended before the horizon, without conversion.</param>
public sealed record KaplanMeierEstimate(double Conversion, Interval Interval, long Events, long Censored);
