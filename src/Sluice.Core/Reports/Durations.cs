using System.Globalization;

namespace Sluice.Core.Reports;

/// <summary>Lengths of windows in words, exactly: <c>1 hour 30 minutes</c>.</summary>
internal static class Durations
{
    public static string InWords(TimeSpan span)
    {
        (long Number, string Unit)[] parts =
        [
            (span.Days, "day"),
            (span.Hours, "hour"),
            (span.Minutes, "minute"),
            (span.Seconds, "second"),
            (span.Milliseconds, "millisecond"),
            (span.Microseconds, "microsecond"),
        ];
        return string.Join(
            ' ',
            parts
                .Where(part => part.Number != 0)
                .Select(part =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{part.Number:N0} {part.Unit}{(part.Number == 1 ? "" : "s")}"
                    )
                )
        );
    }
}
