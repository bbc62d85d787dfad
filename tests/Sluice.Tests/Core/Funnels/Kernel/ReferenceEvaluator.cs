using System.Globalization;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Funnels.Kernel;
using Sluice.Core.Journeys;

namespace Sluice.Tests.Core.Funnels.Kernel;

/// <summary>The reference evaluator, asked for the users that the lanes cannot judge; an event is named by its code.</summary>
internal sealed class ReferenceEvaluator(FunnelDefinition funnel, FunnelRules rules) : IExactEvaluator
{
    public int Evaluate(
        JourneyShard shard,
        int place,
        ReadOnlySpan<long> micros,
        ReadOnlySpan<byte> codes,
        Span<long> steps
    )
    {
        var events = new List<FunnelEvent>();
        for (var i = 0; i < micros.Length; i++)
        {
            events.Add(EventOf(codes[i], micros[i]));
        }

        var times = Evaluate(events);
        for (var i = 0; i < times.Count; i++)
        {
            steps[i] = times[i];
        }

        return times.Count;
    }

    public IReadOnlyList<long> Evaluate(IReadOnlyList<FunnelEvent> events) =>
        FunnelEvaluator.Evaluate(events, rules).Attempts is [var attempt]
            ? [.. Enumerable.Range(0, attempt.Depth).Select(attempt.MicrosOf)]
            : [];

    public FunnelEvent EventOf(byte code, long micros) => new(micros, EventKind.OfName(NameOf(code), funnel));

    public static string NameOf(byte code) => code.ToString("000", CultureInfo.InvariantCulture);
}
