using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Core.Funnels;

/// <summary>
/// The rules of an unordered funnel word by word: for each first event it tries every way to give different events to
/// different steps. Slow, and written without a look at the evaluator that it checks.
/// </summary>
internal static class EveryFilling
{
    /// <summary>The times at which the attempt that counts filled its first, second … step; null where none counts.</summary>
    public static long[]? Evaluate(IReadOnlyList<FunnelEvent> events, FunnelRules rules)
    {
        var seen = events.Where(item => rules.LateSteps || item.Micros < rules.ToMicros).ToList();
        return seen.Where(item =>
                item.Kind.Steps.Count > 0 && item.Micros >= rules.FromMicros && item.Micros < rules.ToMicros
            )
            .Select(item => item.Micros)
            .Distinct()
            .Select(entry => (Entry: entry, Times: TimesFrom(entry, seen, rules)))
            .Where(attempt => !IsDiscarded(attempt.Entry, attempt.Times, seen, rules))
            .OrderByDescending(attempt => attempt.Times.Length)
            .ThenBy(attempt => attempt.Times[^1])
            .ThenByDescending(attempt => attempt.Entry)
            .Select(attempt => attempt.Times)
            .FirstOrDefault();
    }

    // The k-th time is the earliest by which k steps can be filled.
    private static long[] TimesFrom(long entry, List<FunnelEvent> seen, FunnelRules rules)
    {
        var inside = seen.Where(item => item.Micros >= entry)
            .Where(item => rules.WindowMicros is null || item.Micros - entry <= rules.WindowMicros)
            .ToList();
        return
        [
            .. Enumerable
                .Range(1, rules.Steps)
                .Select(count =>
                    inside
                        .Select(item => item.Micros)
                        .Order()
                        .Where(until => Most([.. inside.Where(item => item.Micros <= until)], []) >= count)
                        .Select(until => (long?)until)
                        .FirstOrDefault()
                )
                .OfType<long>(),
        ];
    }

    private static int Most(FunnelEvent[] events, HashSet<int> filled)
    {
        if (events.Length == 0)
        {
            return filled.Count;
        }

        var best = Most(events[1..], filled);
        foreach (var step in events[0].Kind.Steps.Where(step => !filled.Contains(step)))
        {
            best = Math.Max(best, Most(events[1..], [.. filled, step]));
        }

        return best;
    }

    private static bool IsDiscarded(long entry, long[] times, List<FunnelEvent> seen, FunnelRules rules) =>
        seen.Any(item =>
            item.Kind.Exclusions.Any(exclusion => exclusion < rules.Exclusions.Count)
            && item.Micros > entry
            && (
                times.Length == rules.Steps
                    ? item.Micros < times[^1]
                    : rules.WindowMicros is null || item.Micros - entry <= rules.WindowMicros
            )
        );
}
