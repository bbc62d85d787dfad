using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Statistics;

namespace Sluice.Core.Funnels.Answers;

/// <summary>Adds up the attempts of one segment. Not thread safe.</summary>
/// <param name="rules">The funnel.</param>
/// <param name="watermarkMicros">The instant up to which events are complete; null where none is known.</param>
internal sealed class SegmentTally(FunnelRules rules, long? watermarkMicros)
{
    private const long HistogramUnit = 1_000_000;

    private readonly StepTally[] _steps = new StepTally[rules.Steps];
    private DurationChunks _toLast;
    private DurationChunks _openFor;

    /// <summary>Units at the first step, by which segments are ranked.</summary>
    public long Entered => _steps[0].Count;

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
            ref var mine = ref _steps[step];
            mine.Count++;
            mine.WithPrevious += attempt.Took(previous) ? 1 : 0;
            mine.WithFirst += attempt.Took(0) ? 1 : 0;
            mine.Immature += isImmature ? 1 : 0;
            if (step > 0 && HasTime(attempt, step) && HasTime(attempt, previous))
            {
                mine.Micros.Add(attempt.MicrosOf(step) - attempt.MicrosOf(previous));
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
            ref var mine = ref _steps[step];
            mine.Count++;
            mine.WithPrevious++;
            mine.WithFirst++;
            mine.Immature += isImmature ? 1 : 0;
            if (step > 0)
            {
                mine.Micros.Add(steps[step] - steps[step - 1]);
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
            ref var mine = ref _steps[step];
            ref var theirs = ref other._steps[step];
            mine.Count += theirs.Count;
            mine.WithPrevious += theirs.WithPrevious;
            mine.WithFirst += theirs.WithFirst;
            mine.Immature += theirs.Immature;
            mine.Micros.Add(theirs.Micros);
        }

        _toLast.Add(other._toLast);
        _openFor.Add(other._openFor);
    }

    /// <summary>The counts and times; intervals and tests are added by <see cref="SegmentStatistics"/>.</summary>
    /// <param name="values">The segment's values.</param>
    /// <param name="bins">Bins of the histogram; null for the automatic number.</param>
    public FunnelSegment ToSegment(IReadOnlyList<object?> values, int? bins = null)
    {
        // Of millions of units each takes long enough to be worth a thread.
        var steps = new FunnelStepAnswer[rules.Steps];
        var (estimate, histogram, times) = ((KaplanMeierEstimate?)null, (Histogram?)null, (StepTimes?)null);
        Parallel.Invoke([
            () => estimate = Estimate(),
            .. Enumerable.Range(0, rules.Steps).Select(step => (Action)(() => steps[step] = StepOf(step))),
            () =>
            {
                var toLast = _toLast.All;
                histogram = Histogram.Of(toLast, bins, HistogramUnit);
                times = StepTimes.Of(toLast);
            },
        ]);
        return new(values, steps)
        {
            Estimate = estimate,
            Histogram = histogram,
            TimeToConvert = times,
        };
    }

    private static bool HasTime(Attempt attempt, int step) => attempt.MicrosOf(step) != FunnelEvent.NoTime;

    private FunnelStepAnswer StepOf(int step)
    {
        ref readonly var mine = ref _steps[step];
        return new(
            new StepCount(
                mine.Count,
                step == 0 ? null : _steps[rules.PreviousOf(step)].Count,
                mine.WithPrevious,
                Entered,
                mine.WithFirst
            )
        )
        {
            Immature = rules.WindowMicros is null ? null : mine.Immature,
            Times = StepTimes.Of(mine.Micros.All),
        };
    }

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

        // Those who were watched to the end of the window are most, and need no place in the order.
        var durations = new long[_toLast.Count + _openFor.Count];
        var left = durations.AsSpan();
        foreach (var chunk in _toLast.All.Concat(_openFor.All))
        {
            chunk.Span.CopyTo(left);
            left = left[chunk.Length..];
        }

        var censored = new bool[durations.Length];
        censored.AsSpan((int)_toLast.Count).Fill(true);
        return KaplanMeier.Of(durations, censored, window, watchedThrough: (int)(Entered - durations.Length));
    }

    private struct StepTally
    {
        public long Count;
        public long WithPrevious;
        public long WithFirst;
        public long Immature;

        /// <summary>How long each took for it, from the step before.</summary>
        public DurationChunks Micros;
    }
}
