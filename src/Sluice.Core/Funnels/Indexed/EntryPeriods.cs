using Sluice.Core.Funnels.Questions;

namespace Sluice.Core.Funnels.Indexed;

/// <summary>Numbers the periods of entries, of each breakdown from 0, as they are met. For one thread.</summary>
/// <param name="plan">The funnel.</param>
internal sealed class EntryPeriods(FunnelPlan plan)
{
    // Offsets of time zones are whole minutes here: an entry's minute decides each of its periods.
    private const long MinuteMicros = 60_000_000;

    private readonly List<Dictionary<long, int>> _minutes = [.. plan.By.Select(_ => new Dictionary<long, int>())];
    private readonly List<Dictionary<object, int>> _codes = [.. plan.By.Select(_ => new Dictionary<object, int>())];
    private readonly List<List<object>> _values = [.. plan.By.Select(_ => new List<object>())];

    /// <summary>The number of the period that an entry lies in.</summary>
    public int CodeOf(int by, long micros)
    {
        var minute = Math.DivRem(micros, MinuteMicros) is var (whole, rest) && rest < 0 ? whole - 1 : whole;
        if (!_minutes[by].TryGetValue(minute, out var code))
        {
            _minutes[by][minute] = code = NumberOf(by, micros);
        }

        return code;
    }

    /// <summary>The period of a number.</summary>
    public object ValueOf(int by, int code) => _values[by][code];

    private int NumberOf(int by, long micros)
    {
        // All times of an index lie in the calendar.
        var value = plan.By[by].Breakdown.Period!.Value.ValueAt(micros, plan.Source.Zone)!;
        if (!_codes[by].TryGetValue(value, out var code))
        {
            _codes[by][value] = code = _values[by].Count;
            _values[by].Add(value);
        }

        return code;
    }
}
