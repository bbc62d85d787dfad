using System.Globalization;
using Sluice.Core.Funnels;

namespace Sluice.Core.Reports;

/// <summary>What the steps and the breakdowns of a funnel are called in its answer.</summary>
public static class FunnelNames
{
    /// <summary>What stands for a value that is not known.</summary>
    public const string Unknown = "(unknown)";

    /// <summary>A name per breakdown, none twice: its label, or where several have one its full text.</summary>
    /// <param name="breakdowns">The breakdowns.</param>
    /// <param name="taken">Names that none of them may have.</param>
    public static IReadOnlyList<string> Labels(IReadOnlyList<Breakdown> breakdowns, params IEnumerable<string> taken)
    {
        ArgumentNullException.ThrowIfNull(breakdowns);
        var used = taken.ToHashSet(StringComparer.Ordinal);
        var shared = breakdowns
            .GroupBy(breakdown => breakdown.Label, StringComparer.Ordinal)
            .Where(group => group.Skip(1).Any() || used.Contains(group.Key))
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var breakdown in breakdowns)
        {
            var wanted = shared.Contains(breakdown.Label) ? FullText(breakdown) : breakdown.Label;
            var name = used.Contains(wanted) ? $"by.{wanted}" : wanted;
            for (var number = 2; !used.Add(name); number++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{wanted} {number}");
            }

            names.Add(name);
        }

        return names;
    }

    /// <summary>A value of a breakdown as people write it: <c>March</c>, <c>2015 Q1</c>, <c>(unknown)</c>.</summary>
    public static string Value(Breakdown breakdown, object? value)
    {
        ArgumentNullException.ThrowIfNull(breakdown);
        var invariant = CultureInfo.InvariantCulture;
        return (breakdown.Period, value) switch
        {
            (_, null) => Unknown,
            (DatePeriod.MonthOfYear, long and >= 1 and <= 12 and var month) => invariant.DateTimeFormat.GetMonthName(
                (int)month
            ),
            (DatePeriod.DayOfWeek, long and >= 1 and <= 7 and var day) => invariant.DateTimeFormat.GetDayName(
                (DayOfWeek)(day % 7)
            ),
            (DatePeriod.Year, DateOnly date) => date.ToString("yyyy", invariant),
            (DatePeriod.Quarter, DateOnly date) => string.Create(
                invariant,
                $"{date:yyyy} Q{((date.Month - 1) / 3) + 1}"
            ),
            (DatePeriod.Month, DateOnly date) => date.ToString("yyyy-MM", invariant),
            (DatePeriod.Hour, DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm", invariant)
                + " UTC",
            (_, string { Length: 0 }) => "(empty)",
            (_, string text) => VisibleText.Of(text),
            _ => ReportValue.Text(value),
        };
    }

    /// <summary>The values of a segment as people write them.</summary>
    public static IReadOnlyList<string> Values(FunnelDefinition funnel, IReadOnlyList<object?> values)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        ArgumentNullException.ThrowIfNull(values);
        return [.. values.Select((value, i) => Value(funnel.By[i], value))];
    }

    /// <summary>The order as the notation has it: <c>ordered</c>.</summary>
    public static string Order(FunnelOrder order) =>
        order switch
        {
            FunnelOrder.Ordered => "ordered",
            FunnelOrder.Strict => "strict",
            FunnelOrder.Unordered => "unordered",
            FunnelOrder.Open => "open",
        };

    /// <summary>The step that a step is compared with: the last one before it that is not optional.</summary>
    /// <param name="funnel">The funnel.</param>
    /// <param name="step">The step, from 0.</param>
    public static int PreviousOf(FunnelDefinition funnel, int step)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        var previous = step - 1;
        while (previous > 0 && funnel.Steps[previous].Optional)
        {
            previous--;
        }

        return Math.Max(previous, 0);
    }

    private static string FullText(Breakdown breakdown) =>
        breakdown.Of == BreakdownOf.Entry ? $"{breakdown.Text}:entry" : breakdown.Text;
}
