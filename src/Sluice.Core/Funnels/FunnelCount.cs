namespace Sluice.Core.Funnels;

/// <summary>Counts the units of a funnel, one after the other, in all and per segment. Not thread safe.</summary>
/// <param name="funnel">The funnel.</param>
/// <param name="rules">Its rules, with its dates as instants.</param>
internal sealed class FunnelCount(FunnelDefinition funnel, FunnelRules rules)
{
    private readonly SegmentTally _total = new(funnel.Steps.Count);
    private readonly Dictionary<IReadOnlyList<object?>, SegmentTally> _segments = new(SegmentOrder.Instance);
    private readonly bool _asksTimes = funnel is not { Order: FunnelOrder.Open, From: null, To: null };
    private long _eventsWithoutUnit;
    private long _eventsWithoutTime;

    public void Add(UnitEvents unit)
    {
        if (unit.Name is null)
        {
            _eventsWithoutUnit += unit.Events.Count;
            return;
        }

        if (_asksTimes)
        {
            _eventsWithoutTime += unit.Events.RemoveAll(item => item.Micros == FunnelEvent.NoTime);
        }

        switch (funnel.Order)
        {
            case FunnelOrder.Open:
                var taken = OpenFunnel.Evaluate(unit.Events, rules);
                AddTo(unit, tally => tally.Add(taken));
                break;
            case FunnelOrder.Ordered:
                if (OrderedFunnel.Evaluate(unit.Events, rules) is { } times)
                {
                    AddTo(unit, tally => tally.Add(times));
                }

                break;
        }
    }

    /// <summary>The answer; the limit keeps the largest segments and shows them in the canonical order.</summary>
    /// <param name="build">The build that the units came from.</param>
    public FunnelAnswer ToAnswer(long build)
    {
        var ranked = _segments
            .OrderByDescending(segment => segment.Value.Entered)
            .ThenBy(segment => segment.Key, SegmentOrder.Instance)
            .ToList();
        var shown = ranked
            .Take(funnel.Limit)
            .OrderBy(segment => segment.Key, SegmentOrder.Instance)
            .Select(segment => new FunnelSegment(segment.Key, segment.Value.ToSteps()))
            .ToList();
        var beyond = ranked.Skip(funnel.Limit).ToList();
        if (beyond.Count > 0)
        {
            var other = new SegmentTally(funnel.Steps.Count);
            beyond.ForEach(segment => other.Add(segment.Value));
            shown.Add(
                new FunnelSegment([.. funnel.By.Select(_ => (object?)"other")], other.ToSteps()) { IsOther = true }
            );
        }

        return new FunnelAnswer
        {
            Funnel = funnel,
            Build = build,
            Total = new([], _total.ToSteps()),
            Segments = shown,
            OtherSegments = beyond.Count,
            EventsWithoutUnit = _eventsWithoutUnit,
            EventsWithoutTime = _eventsWithoutTime,
        };
    }

    private void AddTo(UnitEvents unit, Action<SegmentTally> add)
    {
        add(_total);
        if (funnel.By.Count == 0)
        {
            return;
        }

        if (!_segments.TryGetValue(unit.Values, out var segment))
        {
            _segments[unit.Values] = segment = new SegmentTally(funnel.Steps.Count);
        }

        add(segment);
    }
}
