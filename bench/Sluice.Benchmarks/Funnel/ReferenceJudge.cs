using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Funnels.Kernel;
using Sluice.Core.Journeys;

namespace Sluice.Benchmarks.Funnel;

/// <summary>The reference evaluator, as the judge of the few users with events at equal instants, and as a rival.</summary>
internal sealed class ReferenceJudge : IExactEvaluator
{
    private static readonly EventKind[] Kinds =
    [
        .. Enumerable
            .Range(0, FunnelSample.Names + 1)
            .Select(code => code is >= 1 and <= FunnelSample.Steps ? new EventKind([code - 1], []) : EventKind.Other),
    ];

    private static readonly FunnelRules Rules = new(FunnelSample.Steps)
    {
        WindowMicros = (long)FunnelSample.WindowSeconds * FunnelSample.Second,
    };

    public int Evaluate(
        JourneyShard shard,
        int place,
        ReadOnlySpan<long> micros,
        ReadOnlySpan<byte> codes,
        Span<long> steps
    )
    {
        var events = new FunnelEvent[micros.Length];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = new(micros[i], Kinds[codes[i]]);
        }

        if (FunnelEvaluator.Evaluate(events, Rules).Attempts is not [var attempt])
        {
            return 0;
        }

        for (var step = 0; step < attempt.Depth; step++)
        {
            steps[step] = attempt.MicrosOf(step);
        }

        return attempt.Depth;
    }

    /// <summary>How many reached each step, of every so many users.</summary>
    public long[] Count(JourneyShard shard, int stride, out int users)
    {
        var micros = new long[FunnelSample.MostEvents];
        var codes = new byte[FunnelSample.MostEvents];
        var steps = new long[FunnelSample.Steps];
        var reached = new long[FunnelSample.Steps];
        users = 0;
        for (var place = 0; place < shard.Users; place += stride, users++)
        {
            var length = shard.CopyTo(place, micros, codes);
            var depth = Evaluate(shard, place, micros.AsSpan(0, length), codes.AsSpan(0, length), steps);
            for (var step = 0; step < depth; step++)
            {
                reached[step]++;
            }
        }

        return reached;
    }
}
