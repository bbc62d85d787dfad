using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Core.Funnels;

/// <summary>
/// The rules of an ordered or strict funnel without optional steps, word by word: it tries every chain of distinct events and
/// picks one. Slow, and written without a look at the evaluator that it checks.
/// </summary>
internal static class EveryChain
{
    /// <summary>The times of the attempt that counts, and whether it is tainted; null where there is none.</summary>
    public static (long[] Times, bool Tainted)? Evaluate(IReadOnlyList<FunnelEvent> events, FunnelRules rules)
    {
        var entries = Enumerable
            .Range(0, events.Count)
            .Where(entry => events[entry].Kind.Takes(0))
            .Where(entry => events[entry].Micros >= rules.FromMicros && events[entry].Micros < rules.ToMicros)
            .ToList();
        if (rules.Entry == FunnelEntry.First)
        {
            entries.RemoveAll(entry => events[entry].Micros > entries.Min(other => events[other].Micros));
        }

        return entries
            .Select(entry => AttemptFrom(entry, events, rules))
            .Select(times => (Times: times, Tainted: IsTainted(times, events, rules)))
            .OrderByDescending(attempt => attempt.Times.Length) // the deepest
            .ThenBy(attempt => attempt.Tainted) // the clean
            .ThenBy(attempt => attempt.Times[^1]) // the earliest completion
            .ThenByDescending(attempt => attempt.Times[0]) // the latest entry
            .ThenBy(attempt => attempt.Times, StepByStep) // the earliest middle events
            .Select(attempt => ((long[], bool)?)attempt)
            .FirstOrDefault();
    }

    private static bool IsTainted(long[] times, IReadOnlyList<FunnelEvent> events, FunnelRules rules) =>
        rules
            .Exclusions.Select((range, exclusion) => (range, exclusion))
            .Any(item =>
                item.range.After < times.Length
                && events.Any(other =>
                    other.Kind.IsExcludedBy(item.exclusion)
                    && (rules.LateSteps || other.Micros < rules.ToMicros)
                    && other.Micros > times[item.range.After]
                    && (
                        item.range.Before < times.Length
                            ? other.Micros < times[item.range.Before]
                            : rules.WindowMicros is null || other.Micros <= times[0] + rules.WindowMicros
                    )
                )
            );

    // Each step at the first instant that has an unused event for it: of all chains the one that is earliest at the second
    // step, of those the one that is earliest at the third, and so on. A step that is not taken is later than any.
    private static long[] AttemptFrom(int entry, IReadOnlyList<FunnelEvent> events, FunnelRules rules) =>
        ChainsFrom([entry], events, rules)
            .Select(chain => chain.Select(place => events[place].Micros).ToArray())
            .Order(StepByStep)
            .First();

    private static IEnumerable<int[]> ChainsFrom(int[] chain, IReadOnlyList<FunnelEvent> events, FunnelRules rules)
    {
        yield return chain;
        if (chain.Length == rules.Steps)
        {
            yield break;
        }

        for (var next = 0; next < events.Count; next++)
        {
            if (
                !chain.Contains(next)
                && events[next].Kind.Takes(chain.Length)
                && events[next].Micros >= events[chain[^1]].Micros
                && (rules.WindowMicros is null || events[next].Micros <= events[chain[0]].Micros + rules.WindowMicros)
                && (rules.LateSteps || events[next].Micros < rules.ToMicros)
                && (
                    rules.Order != FunnelOrder.Strict
                    || !events.Any(other =>
                        other.Micros > events[chain[^1]].Micros && other.Micros < events[next].Micros
                    )
                )
            )
            {
                foreach (var longer in ChainsFrom([.. chain, next], events, rules))
                {
                    yield return longer;
                }
            }
        }
    }

    private static Comparer<long[]> StepByStep { get; } =
        Comparer<long[]>.Create(
            (a, b) =>
            {
                for (var step = 0; step < Math.Max(a.Length, b.Length); step++)
                {
                    var order = At(a, step).CompareTo(At(b, step));
                    if (order != 0)
                    {
                        return order;
                    }
                }

                return 0;
            }
        );

    private static long At(long[] times, int step) => step < times.Length ? times[step] : long.MaxValue;
}
