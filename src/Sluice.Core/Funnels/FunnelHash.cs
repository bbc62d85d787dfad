using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Core.Funnels;

/// <summary>A hash of what decides an answer in a funnel's definition: equal ones ask the same.</summary>
public static class FunnelHash
{
    /// <summary>SHA-256 in hexadecimal. Names and descriptions are not part of it.</summary>
    public static string Of(FunnelDefinition funnel)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(funnel))));
    }

    // Each part is written with its length, so that no two definitions have one text.
    private static string Text(FunnelDefinition funnel)
    {
        var text = new StringBuilder();
        Add(funnel.EventTable);
        foreach (var (step, table) in funnel.StepTables.OrderBy(step => step.Key, StringComparer.Ordinal))
        {
            Add(step);
            Add(table);
        }

        foreach (var step in funnel.Steps)
        {
            AddEvents(step.Events);
            Add(step.Optional);
        }

        foreach (var exclusion in funnel.Exclude)
        {
            AddEvents(exclusion.Events);
            Add(exclusion.After);
            Add(exclusion.Before);
        }

        Add(funnel.Semantics);
        Add(funnel.Modes);
        Add(funnel.Order);
        Add(funnel.Window?.Ticks);
        Add(funnel.Unit);
        Add(funnel.Entry);
        AddAll(funnel.Hold);
        AddAll(funnel.By.Select(breakdown => $"{breakdown.Of}:{breakdown.Period}:{breakdown.Property}"));
        Add(funnel.Attribution.Kind);
        Add(funnel.Attribution.Step);
        Add(funnel.From?.DayNumber);
        Add(funnel.To?.DayNumber);
        Add(funnel.LateSteps);
        Add(funnel.Limit);
        Add(funnel.MinSample);
        return text.ToString();

        void AddEvents(EventSelector events)
        {
            AddAll(events.Names);
            Add(events.Where?.ToText());
        }

        void AddAll(IEnumerable<string> parts)
        {
            var all = parts.ToList();
            Add(all.Count);
            all.ForEach(Add);
        }

        void Add(object? part)
        {
            var value = Convert.ToString(part, CultureInfo.InvariantCulture) ?? "";
            text.Append(CultureInfo.InvariantCulture, $"{(part is null ? -1 : value.Length)}:{value};");
        }
    }
}
