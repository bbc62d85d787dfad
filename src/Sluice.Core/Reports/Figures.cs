using System.Globalization;
using Sluice.Core.Statistics;

namespace Sluice.Core.Reports;

/// <summary>Figures as text for people: the same on every machine. What is undefined is a dash.</summary>
public static class Figures
{
    /// <summary>What stands where there is no figure.</summary>
    public const string None = "–";

    private const double Minute = 60;
    private const double Hour = 3_600;
    private const double Day = 86_400;

    /// <summary>A whole number with separators.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage: <c>12.3 %</c>.</summary>
    /// <param name="share">0 to 1.</param>
    public static string Percent(double? share) => Finite(share) is { } value ? Fixed(value * 100, "0.0") + " %" : None;

    /// <summary>An interval of shares: <c>11.9–12.7 %</c>.</summary>
    /// <param name="shares">0 to 1.</param>
    public static string Percents(Interval? shares) =>
        Finite(shares?.Low) is { } low && Finite(shares?.High) is { } high
            ? $"{Fixed(low * 100, "0.0")}–{Fixed(high * 100, "0.0")} %"
            : None;

    /// <summary>A difference of shares in percentage points, always with its sign: <c>+1.2</c>.</summary>
    /// <param name="difference">−1 to 1.</param>
    public static string Points(double? difference) =>
        Finite(difference) is { } value ? Fixed(value * 100, "+0.0;−0.0;0.0") : None;

    /// <summary>An interval of differences in percentage points: <c>−0.4 to +1.2</c>.</summary>
    /// <param name="differences">−1 to 1.</param>
    public static string Points(Interval? differences) =>
        Finite(differences?.Low) is { } low && Finite(differences?.High) is { } high
            ? $"{Points(low)} to {Points(high)}"
            : None;

    /// <summary>A probability: three decimals, or <c>&lt; 0.001</c>.</summary>
    public static string Probability(double? value) =>
        Finite(value) switch
        {
            null => None,
            < 0.001 => "< 0.001",
            { } some => Fixed(some, "0.000"),
        };

    /// <summary>A span of time in its largest unit: <c>0.12 s</c>, <c>3 min</c>, <c>5 d</c>.</summary>
    /// <param name="seconds">May be negative: the steps of an open funnel have no order.</param>
    public static string Duration(double? seconds) =>
        Finite(seconds) switch
        {
            null => None,
            < 0 and { } before => "−" + Duration(-before),
            0 => "0 s",
            < 10 and { } some => Fixed(some, "0.00") + " s",
            < 2 * Minute and { } some => Fixed(some, "0") + " s",
            < 2 * Hour and { } some => Fixed(some / Minute, "0") + " min",
            < 2 * Day and { } some => Fixed(some / Hour, "0") + " h",
            { } some => Fixed(some / Day, "#,0") + " d",
        };

    /// <summary>A size: <c>12.3 kB</c>.</summary>
    public static string Bytes(long bytes) =>
        bytes switch
        {
            < 1_000 => Fixed(bytes, "0") + " B",
            < 999_950 => Fixed(bytes / 1e3, "0.0") + " kB",
            < 999_950_000 => Fixed(bytes / 1e6, "0.0") + " MB",
            _ => Fixed(bytes / 1e9, "0.0") + " GB",
        };

    /// <summary>The value where it is a number; null of what is none, and of infinity.</summary>
    internal static double? Finite(double? value) => value is { } some && double.IsFinite(some) ? some : null;

    /// <summary>A number in a format of the invariant culture.</summary>
    internal static string Fixed(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
