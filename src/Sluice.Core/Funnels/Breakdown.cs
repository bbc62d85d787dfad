namespace Sluice.Core.Funnels;

/// <summary>Something the answer is broken down by.</summary>
/// <param name="Property">A property of the user.</param>
/// <param name="Period">The period of a date property that is taken in its place; null takes the value itself.</param>
public sealed record Breakdown(string Property, DatePeriod? Period = null)
{
    /// <summary>The heading of its column: <c>sex</c>, <c>month_of_year</c>.</summary>
    public string Label => Period?.ToName() ?? Property;
}
