using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Counts the units of a funnel, one after the other, in all and per segment. Not thread safe.</summary>
/// <param name="plan">The funnel.</param>
/// <param name="watermarkMicros">The instant up to which events are complete; null where none is known.</param>
internal sealed class FunnelCount(FunnelPlan plan, long? watermarkMicros)
{
    private readonly SegmentTally _total = new(plan.Rules, watermarkMicros);
    private readonly Dictionary<IReadOnlyList<object?>, SegmentTally> _segments = new(SegmentOrder.Instance);
    private readonly SegmentStatistics _statistics = new(plan.Funnel);
    private readonly SegmentKeys _keys = new(plan);
    private readonly Func<IReadOnlyList<FunnelEvent>, UnitOutcome> _evaluate = plan.NewEvaluator();

    public long Excluded { get; private set; }

    /// <summary>Counts a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="cancellationToken">Stops the counting.</param>
    /// <returns>How: valid until the next call.</returns>
    public UnitOutcome Add(UnitEvents unit, CancellationToken cancellationToken)
    {
        var outcome = _evaluate(unit.Events);
        Add(outcome);
        if (plan.By.Count > 0)
        {
            foreach (var (key, attempt) in _keys.Of(unit, outcome, cancellationToken))
            {
                SegmentOf(key).Add(attempt);
            }
        }

        return outcome;
    }

    /// <summary>Adds a unit that was judged elsewhere, to the whole alone.</summary>
    public void Add(UnitOutcome outcome)
    {
        Excluded += outcome.Excluded.Count;
        foreach (var attempt in outcome.Attempts)
        {
            _total.Add(attempt);
        }
    }

    /// <summary>Adds what was counted elsewhere.</summary>
    /// <param name="key">The segment; empty for the whole.</param>
    /// <param name="tally">Its units; from now on this one's.</param>
    public void Add(IReadOnlyList<object?> key, SegmentTally tally)
    {
        if (key.Count == 0)
        {
            _total.Add(tally);
        }
        else if (!_segments.TryAdd(key, tally))
        {
            _segments[key].Add(tally);
        }
    }

    /// <summary>Adds what another thread counted, which is not used any more.</summary>
    public void Merge(FunnelCount other)
    {
        _total.Add(other._total);
        Excluded += other.Excluded;
        foreach (var (key, tally) in other._segments)
        {
            Add(key, tally);
        }
    }

    /// <summary>Adds units that left the funnel.</summary>
    public void AddExcluded(long units) => Excluded += units;

    /// <summary>The whole, with its intervals.</summary>
    public FunnelSegment Total(int? bins) => _statistics.WithIntervals(_total.ToSegment([], bins));

    /// <summary>The answer; the limit keeps the largest segments and shows them in the canonical order.</summary>
    public FunnelAnswer ToAnswer(FunnelProvenance provenance, int? bins)
    {
        var total = Total(bins);
        // Not all are sorted: of a million segments only the largest are looked for.
        var largest = _segments
            .OrderByDescending(segment => segment.Value.Entered)
            .ThenBy(segment => segment.Key, SegmentOrder.Instance)
            .Take(plan.Funnel.Limit)
            .ToDictionary(SegmentOrder.Instance);
        IReadOnlyList<FunnelSegment> shown =
        [
            .. largest
                .OrderBy(segment => segment.Key, SegmentOrder.Instance)
                .Select(segment => _statistics.WithIntervals(segment.Value.ToSegment(segment.Key, bins))),
        ];
        var beyond = _segments.Count - largest.Count;
        var other = new SegmentTally(plan.Rules, watermarkMicros);
        if (beyond > 0)
        {
            foreach (var (_, tally) in _segments.Where(segment => !largest.ContainsKey(segment.Key)))
            {
                other.Add(tally);
            }
        }

        return new FunnelAnswer
        {
            Funnel = plan.Funnel,
            Total = total,
            // The rest of a segment is no sample of its own where a unit can stand in both.
            Segments = plan.MayOverlap ? shown : _statistics.WithTests(shown, total),
            Other = beyond == 0 ? null : _statistics.WithIntervals(other.ToSegment([], bins)),
            OtherSegments = beyond,
            SegmentsOverlap = plan.MayOverlap,
            Excluded = Excluded,
            Path = FunnelPath.None,
            Provenance = provenance,
        };
    }

    private SegmentTally SegmentOf(IReadOnlyList<object?> key)
    {
        if (!_segments.TryGetValue(key, out var segment))
        {
            _segments[key] = segment = new SegmentTally(plan.Rules, watermarkMicros);
        }

        return segment;
    }
}
