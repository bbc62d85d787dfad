using Sluice.Core;
using Sluice.Core.Funnels;

namespace Sluice.Project.Funnels;

/// <summary>Breakdowns as text: <c>sex</c>, <c>user.sex</c>, or a period of a date as <c>month_of_year:date</c>.</summary>
public static class BreakdownText
{
    private const string UserPrefix = "user.";

    // Alone they mean the period of the entry, which is another thing than a user property of that name.
    private static readonly string[] EntryPeriods = ["hour", "day", "week", "month", "quarter", "year"];

    /// <summary>Reads one breakdown.</summary>
    /// <exception cref="DefinitionException">The text is none.</exception>
    public static Breakdown Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Trim().Split(':', 2) switch
        {
            [var period, var property] => Of(period, property),
            [var property] when property.Length == 0 => throw new DefinitionException("A breakdown is empty."),
            [var period] when EntryPeriods.Contains(period, StringComparer.Ordinal) => throw new DefinitionException(
                $"A breakdown by the {period} of the entry is not supported by this version.",
                $"The {period} of a user's date can be had: {period}:date."
            ),
            [var property] => new Breakdown(WithoutPrefix(property)),
            _ => throw new DefinitionException($"'{text}' is no breakdown."),
        };
    }

    /// <summary>A period of a date property.</summary>
    /// <exception cref="DefinitionException">There is no such period.</exception>
    public static Breakdown Of(string period, string property) =>
        DatePeriods.Find(period) is { } known
            ? new Breakdown(WithoutPrefix(property), known)
            : throw new DefinitionException(
                $"There is no period '{period}'.",
                Nearest.Suggest(period, DatePeriods.Names)
            );

    private static string WithoutPrefix(string property)
    {
        var name = property.Trim();
        name = name.StartsWith(UserPrefix, StringComparison.Ordinal) ? name[UserPrefix.Length..] : name;
        return name.Length > 0
            ? name
            : throw new DefinitionException(
                "A breakdown names no property.",
                "Write for example sex or month_of_year:date."
            );
    }
}
