using Sluice.Core;
using Sluice.Core.Funnels;

namespace Sluice.Project.Funnels;

/// <summary>
/// Breakdowns as text: <c>sex</c>, <c>user.sex</c>, <c>event.amount</c>, a period of a user's date as
/// <c>month_of_year:date</c>, or the period of the entry as <c>month</c>. A name is written as <see cref="NameText"/> says;
/// behind <c>user.</c> and <c>event.</c> it needs quotes only for a comma on the command line.
/// </summary>
public static class BreakdownText
{
    private const string UserPrefix = "user.";
    private const string EventPrefix = "event.";

    /// <summary>Reads one breakdown.</summary>
    /// <exception cref="DefinitionException">The text is none.</exception>
    public static Breakdown Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var written = text.Trim();
        if (
            NameText.IsQuoted(written)
            || Without(UserPrefix, written) is not null
            || Without(EventPrefix, written) is not null
        )
        {
            return Property(written, null);
        }

        return written.Split(':', 2) switch
        {
            [var period, var property] => Of(
                period,
                property,
                $" A property of that name is written in double quotes: {NameText.Quoted(written)}."
            ),
            [""] => throw new DefinitionException(
                "A breakdown is empty.",
                "Write for example sex, event.amount, month or month_of_year:date."
            ),
            // Alone it means the period of the entry; a property of that name can be had as user.month.
            [var period] when DatePeriods.Find(period) is { } known && DatePeriods.OfEntry.Contains(known) =>
                Breakdown.ByEntry(known),
            _ => Property(written, null),
        };
    }

    /// <summary>A period of a user's date.</summary>
    /// <exception cref="DefinitionException">There is no such period.</exception>
    public static Breakdown Of(string period, string property)
    {
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(property);
        return Of(period, property, otherwise: "");
    }

    private static Breakdown Of(string period, string property, string otherwise) =>
        DatePeriods.Find(period.Trim()) switch
        {
            null => throw new DefinitionException(
                $"There is no period '{period}'.",
                Nearest.Suggest(period, DatePeriods.Names.Except([DatePeriod.Hour.ToName()], StringComparer.Ordinal))
                    + otherwise
            ),
            DatePeriod.Hour => throw new DefinitionException(
                "A date has no hour.",
                "'hour' alone is the hour of the entry; of a date there are day, week, month and more."
            ),
            { } known => Property(property, known),
        };

    private static Breakdown Property(string text, DatePeriod? period)
    {
        var name = text.Trim();
        var breakdown =
            Without(UserPrefix, name) is { } user ? new Breakdown(BreakdownOf.User, NameOf(user), period)
            : Without(EventPrefix, name) is { } ofEvent ? new Breakdown(BreakdownOf.Event, NameOf(ofEvent), period)
            : Breakdown.By(NameOf(name), period);
        return breakdown switch
        {
            { Of: BreakdownOf.Event, Period: not null } => throw new DefinitionException(
                $"A period is taken of a user's date or of the entry, not of '{name}'.",
                "Write for example month:user.date, or month for the month of the entry."
            ),
            _ => breakdown,
        };
    }

    private static string NameOf(string text) =>
        string.IsNullOrWhiteSpace(text)
            ? throw new DefinitionException(
                "A breakdown names no property.",
                "Write for example sex or month_of_year:date."
            )
            : NameText.Read(text);

    private static string? Without(string prefix, string name) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;
}
