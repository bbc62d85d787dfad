using System.Runtime.InteropServices;
using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Statistics;

namespace Sluice.Core.Funnels.Answers;

/// <summary>Adds up the attempts of one segment. Not thread safe.</summary>
/// <param name="rules">The funnel.</param>
/// <param name="watermarkMicros">The instant up to which events are complete; null where none is known.</param>
internal sealed class SegmentTally(FunnelRules rules, long? watermarkMicros)
{
    private const long HistogramUnit = 1_000_000;

    private readonly long[] _count = new long[rules.Steps];
    private readonly long[] _withPrevious = new long[rules.Steps];
    private readonly long[] _withFirst = new long[rules.Steps];
    private readonly long[] _immature = new long[rules.Steps];
    private readonly List<long>[] _micros = [.. Enumerable.Range(0, rules.Steps).Select(_ => new List<long>())];
    private readonly List<long> _toLast = [];
    private readonly List<long> _openFor = [];

    /// <summary>Units at the first step, by which segments are ranked.</summary>
    public long Entered => _count[0];

    public void Add(Attempt attempt)
    {
        var isImmature =
            rules.WindowMicros is not null
            && watermarkMicros is { } watermark
            && attempt.Took(0)
            && rules.WindowEnd(attempt.Entry) > watermark;
        for (var step = 0; step < rules.Steps; step++)
        {
            if (!attempt.Took(step))
            {
                continue;
            }

            var previous = rules.PreviousOf(step);
            _count[step]++;
            _withPrevious[step] += attempt.Took(previous) ? 1 : 0;
            _withFirst[step] += attempt.Took(0) ? 1 : 0;
            _immature[step] += isImmature ? 1 : 0;
            if (step > 0 && HasTime(attempt, step) && HasTime(attempt, previous))
            {
                _micros[step].Add(attempt.MicrosOf(step) - attempt.MicrosOf(previous));
            }
        }

        var last = rules.Steps - 1;
        if (HasTime(attempt, 0) && HasTime(attempt, last))
        {
            _toLast.Add(attempt.MicrosOf(last) - attempt.Entry);
        }
        else if (isImmature)
        {
            _openFor.Add(Math.Max(0, watermarkMicros!.Value - attempt.Entry));
        }
    }

    /// <summary>Adds an attempt without optional steps.</summary>
    /// <param name="steps">The time of each step taken, the entry first.</param>
    public void Add(ReadOnlySpan<long> steps)
    {
        var isImmature =
            rules.WindowMicros is not null && watermarkMicros is { } watermark && rules.WindowEnd(steps[0]) > watermark;
        for (var step = 0; step < steps.Length; step++)
        {
            _count[step]++;
            _withPrevious[step]++;
            _withFirst[step]++;
            _immature[step] += isImmature ? 1 : 0;
            if (step > 0)
            {
                _micros[step].Add(steps[step] - steps[step - 1]);
            }
        }

        if (steps.Length == rules.Steps)
        {
            _toLast.Add(steps[^1] - steps[0]);
        }
        else if (isImmature)
        {
            _openFor.Add(Math.Max(0, watermarkMicros!.Value - steps[0]));
        }
    }

    public void Add(SegmentTally other)
    {
        for (var step = 0; step < rules.Steps; step++)
        {
            _count[step] += other._count[step];
            _withPrevious[step] += other._withPrevious[step];
            _withFirst[step] += other._withFirst[step];
            _immature[step] += other._immature[step];
            _micros[step].AddRange(other._micros[step]);
        }

        _toLast.AddRange(other._toLast);
        _openFor.AddRange(other._openFor);
    }

    /// <summary>The counts and times; intervals and tests are added by <see cref="SegmentStatistics"/>.</summary>
    /// <param name="values">The segment's values.</param>
    /// <param name="bins">Bins of the histogram; null for the automatic number.</param>
    public FunnelSegment ToSegment(IReadOnlyList<object?> values, int? bins = null) =>
        new(values, [.. Enumerable.Range(0, rules.Steps).Select(StepOf)])
        {
            Estimate = Estimate(),
            Histogram = Histogram.Of(CollectionsMarshal.AsSpan(_toLast), bins, HistogramUnit),
            TimeToConvert = StepTimes.Of(CollectionsMarshal.AsSpan(_toLast)),
        };

    private static bool HasTime(Attempt attempt, int step) => attempt.MicrosOf(step) != FunnelEvent.NoTime;

    private FunnelStepAnswer StepOf(int step) =>
        new(
            new StepCount(
                _count[step],
                step == 0 ? null : _count[rules.PreviousOf(step)],
                _withPrevious[step],
                _count[0],
                _withFirst[step]
            )
        )
        {
            Immature = rules.WindowMicros is null ? null : _immature[step],
            Times = StepTimes.Of(CollectionsMarshal.AsSpan(_micros[step])),
        };

    // Who has not converted was watched up to the watermark, or to the end of the window.
    private KaplanMeierEstimate? Estimate()
    {
        // ClickHouse's meaning has no time of the last step.
        if (
            _openFor.Count == 0
            || rules.WindowMicros is not { } window
            || rules.Semantics == FunnelSemantics.WindowFunnel
        )
        {
            return null;
        }

        var closed = Enumerable.Repeat(window, (int)(Entered - _toLast.Count - _openFor.Count));
        long[] durations = [.. _toLast, .. _openFor, .. closed];
        bool[] censored = [.. durations.Select((_, unit) => unit >= _toLast.Count)];
        return KaplanMeier.Of(durations, censored, window);
    }
}
