using Sluice.Core.Funnels;

namespace Sluice.Tests.Core.Funnels;

/// <summary>
/// The rules of an ordered funnel word by word: it tries every chain of distinct events and picks one. Slow, and written
/// without a look at the evaluator that it checks.
/// </summary>
internal static class EveryChain
{
    /// <summary>The times of the attempt that counts; null where there is none.</summary>
    public static IReadOnlyList<long>? Evaluate(IReadOnlyList<FunnelEvent> events, FunnelRules rules) =>
        Enumerable
            .Range(0, events.Count)
            .Where(entry => rules.Steps[0].Matches(events[entry].Name))
            .Where(entry => events[entry].Micros >= rules.FromMicros && events[entry].Micros < rules.ToMicros)
            .Select(entry => AttemptFrom(entry, events, rules))
            .OrderByDescending(times => times.Length) // the deepest
            .ThenBy(times => times[^1]) // the earliest completion
            .ThenByDescending(times => times[0]) // the latest entry
            .ThenBy(times => times, StepByStep) // the earliest middle events
            .FirstOrDefault();

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
        if (chain.Length == rules.Steps.Count)
        {
            yield break;
        }

        for (var next = 0; next < events.Count; next++)
        {
            if (
                !chain.Contains(next)
                && rules.Steps[chain.Length].Matches(events[next].Name)
                && events[next].Micros >= events[chain[^1]].Micros
                && (rules.WindowMicros is null || events[next].Micros <= events[chain[0]].Micros + rules.WindowMicros)
                && (rules.LateSteps || events[next].Micros < rules.ToMicros)
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
