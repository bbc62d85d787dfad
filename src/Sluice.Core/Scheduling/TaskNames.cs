using System.Globalization;

namespace Sluice.Core.Scheduling;

/// <summary>Makes task ids out of any names: Airflow's characters only, no id twice.</summary>
internal sealed class TaskNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string Unique(string name)
    {
        var id = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_'));
        var candidate = id;
        for (var number = 2; !_taken.Add(candidate); number++)
        {
            candidate = $"{id}_{number.ToString(CultureInfo.InvariantCulture)}";
        }

        return candidate;
    }
}
