using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Project.Yaml;

/// <summary>Durations as people write them: <c>14d</c>, <c>90m</c>, <c>1h30m</c>; elapsed time, not calendar days.</summary>
public static partial class DurationText
{
    /// <summary>Reads a duration of zero or more; null where the text is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (!Whole().IsMatch(text))
        {
            return null;
        }

        try
        {
            var total = TimeSpan.Zero;
            foreach (Match part in Part().Matches(text))
            {
                var number = long.Parse(part.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
                total += part.Groups["unit"].Value switch
                {
                    "w" => TimeSpan.FromTicks(checked(number * 7 * TimeSpan.TicksPerDay)),
                    "d" => TimeSpan.FromTicks(checked(number * TimeSpan.TicksPerDay)),
                    "h" => TimeSpan.FromTicks(checked(number * TimeSpan.TicksPerHour)),
                    "m" => TimeSpan.FromTicks(checked(number * TimeSpan.TicksPerMinute)),
                    "s" => TimeSpan.FromTicks(checked(number * TimeSpan.TicksPerSecond)),
                    _ => TimeSpan.FromTicks(checked(number * TimeSpan.TicksPerMillisecond)),
                };
            }

            return total;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        @"\A([0-9]{1,9}(ms|[wdhms]))+\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"(?<number>[0-9]{1,9})(?<unit>ms|[wdhms])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Part();
}
