using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Funnels.Kernel;
using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Indexed;

/// <summary>Judges the users that the lanes cannot, with an evaluator per thread.</summary>
/// <param name="rules">The funnel.</param>
/// <param name="kinds">What the events of each code can be.</param>
internal sealed class ExactUnits(FunnelRules rules, IndexKinds kinds) : IExactEvaluator, IDisposable
{
    private readonly ThreadLocal<(UnitEvaluator Evaluator, List<FunnelEvent> Events)> _own = new(() =>
        (new UnitEvaluator(rules), [])
    );

    private long _judged;

    /// <summary>Users judged.</summary>
    public long Judged => Interlocked.Read(ref _judged);

    /// <inheritdoc/>
    public int Evaluate(
        JourneyShard shard,
        int place,
        ReadOnlySpan<long> micros,
        ReadOnlySpan<byte> codes,
        Span<long> steps
    )
    {
        Interlocked.Increment(ref _judged);
        var (evaluator, events) = _own.Value;
        events.Clear();
        for (var i = 0; i < micros.Length; i++)
        {
            events.Add(new(micros[i], kinds[codes[i]]));
        }

        var outcome = evaluator.Evaluate(events);
        if (outcome.Attempts.Count == 0)
        {
            return outcome.Excluded.Count > 0 ? -1 : 0;
        }

        var attempt = outcome.Attempts[0];
        for (var step = 0; step < attempt.Depth; step++)
        {
            steps[step] = attempt.MicrosOf(step);
        }

        return attempt.Depth;
    }

    /// <inheritdoc/>
    public void Dispose() => _own.Dispose();
}
