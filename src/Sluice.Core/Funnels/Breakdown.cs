namespace Sluice.Core.Funnels;

/// <summary>Something the answer is broken down by.</summary>
/// <param name="Of">Whose property it is.</param>
/// <param name="Property">The property; empty for the period of the entry.</param>
/// <param name="Period">The period of a date that is taken in its place; null takes the value itself.</param>
public sealed record Breakdown(BreakdownOf Of, string Property, DatePeriod? Period = null)
{
    /// <summary>A property of the user where there is one of that name, else of the event.</summary>
    public static Breakdown By(string property, DatePeriod? period = null) => new(BreakdownOf.Any, property, period);

    /// <summary>The period of the entry, in the project's time zone.</summary>
    public static Breakdown ByEntry(DatePeriod period) => new(BreakdownOf.Entry, "", period);

    /// <summary>Its text in the notation, a name in it as it is: <c>user.sex</c>, <c>month:date</c>, <c>month</c>.</summary>
    public string Text =>
        (Of == BreakdownOf.Entry, Period) switch
        {
            (true, _) => Label,
            (_, { } period) => $"{period.ToName()}:{Owner}{Property}",
            _ => $"{Owner}{Property}",
        };

    private string Owner =>
        Of switch
        {
            BreakdownOf.User => "user.",
            BreakdownOf.Event => "event.",
            _ => "",
        };

    /// <summary>The heading of its column: <c>sex</c>, <c>month_of_year</c>.</summary>
    public string Label => Period?.ToName() ?? Property;
}
