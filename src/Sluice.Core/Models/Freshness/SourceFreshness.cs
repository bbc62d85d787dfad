namespace Sluice.Core.Models.Freshness;

/// <summary>How old the newest row of a raw table may be.</summary>
/// <param name="LoadedAtField">The expression whose greatest value is the age.</param>
/// <param name="WarnAfter">From this age on it is reported; null never.</param>
/// <param name="ErrorAfter">From this age on it is an error; null never.</param>
/// <param name="Filter">Which rows are looked at, a condition; null all.</param>
public sealed record SourceFreshness(string LoadedAtField, TimeSpan? WarnAfter, TimeSpan? ErrorAfter, string? Filter);
