using System.Globalization;

namespace Sluice.Core.Time;

/// <summary>Reads dates as people write them on a command line and in files.</summary>
public static class DateText
{
    private const int FirstYear = DataInterval.FirstYear + 1;
    private const int LastYear = DataInterval.LastYear - 1;

    /// <summary>The date that a text is; null where it is none.</summary>
    public static DateOnly? TryParse(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <summary>Reads <c>2015-05-01</c>.</summary>
    /// <exception cref="DefinitionException">The text is no date, or one that no interval can begin or end with.</exception>
    public static DateOnly Parse(string text)
    {
        if (TryParse(text) is not { } date)
        {
            throw new DefinitionException($"'{text}' is no date.", "Write it as 2015-05-01.");
        }

        return date.Year is >= FirstYear and <= LastYear
            ? date
            : throw new DefinitionException(
                FormattableString.Invariant($"'{text}' lies outside of the years {FirstYear} to {LastYear}.")
            );
    }
}
