namespace Sluice.Core.Funnels.Evaluation;

/// <summary>
/// Chains in which one event gives one step (<c>strict_once</c>): the best over all of them. Of each step the chain of the
/// latest entry is kept, since what can follow another that has reached the step can follow it too: its window is the last
/// to end, and events of earlier instants are in nobody's way.
/// </summary>
/// <param name="timeline">The unit's events.</param>
/// <param name="rules">The funnel.</param>
internal sealed class ExclusiveChains(UnitTimeline timeline, FunnelRules rules) : IChains
{
    private readonly FunnelChain?[] _chains = new FunnelChain?[rules.Steps];
    private readonly FunnelChain?[] _before = new FunnelChain?[rules.Steps];

    // The ways through the instant: longest first, which is also that of the latest entry first.
    private readonly List<Run> _runs = [];
    private UnitTimeline.Instant _instant = new(FunnelEvent.NoTime, []);

    public bool Has(int step) => _chains[step] is not null;

    public FunnelChain At(int step) => _chains[step]!.Value;

    public void Begin(UnitTimeline.Instant instant)
    {
        _instant = instant;
        _runs.Clear();
        _chains.CopyTo(_before, 0);
    }

    public int Extend(int step, IReadOnlyList<int> places)
    {
        var isIncreasing = rules.Modes.HasFlag(WindowFunnelModes.StrictIncrease);
        _runs.RemoveAll(run => isIncreasing || run.Next != step);
        if (step == 0)
        {
            _runs.Add(NewRun(0, null));
        }
        else if (_before[step - 1] is { } before && _instant.Micros <= rules.WindowEnd(before.FirstMicros))
        {
            _runs.Add(NewRun(step, before));
        }

        var extending = CountExtending(step, places);
        _runs.RemoveAll(run => !run.TryGoOn());
        if (_runs.Count > 0)
        {
            _chains[step] = ChainOf(_runs[0]);
        }

        return extending;
    }

    // Only strict_deduplication asks for the difference of one and several. Each event that extends no chain gives an
    // earlier step in all of them, so that there are few of these.
    private int CountExtending(int step, IReadOnlyList<int> places) =>
        rules.Modes.HasFlag(WindowFunnelModes.StrictDeduplication)
            ? places.Where(place => _runs.Any(run => run.CanDoWithout(place))).Take(2).Count()
            : 0;

    private Run NewRun(int step, FunnelChain? before) => new(step, before, timeline, _instant);

    private FunnelChain ChainOf(Run run) =>
        run.Before is { } before
            ? before with
            {
                LastMicros = _instant.Micros,
            }
            : new(run.EventOf(0), _instant.Micros, _instant.Micros);

    /// <summary>Steps one after the other that different events of one instant give.</summary>
    private sealed class Run(int first, FunnelChain? before, UnitTimeline timeline, UnitTimeline.Instant instant)
    {
        private readonly InstantMatching _matching = MatchingOf(timeline, instant.Places);
        private int _given;

        /// <summary>The chain before it; null where it begins one.</summary>
        public FunnelChain? Before => before;

        /// <summary>The step that it can give next.</summary>
        public int Next => first + _given;

        /// <summary>Gives the next step, if events suffice.</summary>
        public bool TryGoOn() => _matching.TryGive(first + _given++);

        /// <summary>Whether other events can give all its steps until now.</summary>
        public bool CanDoWithout(int place)
        {
            var others = MatchingOf(timeline, [.. instant.Places.Where(other => other != place)]);
            return Enumerable.Range(first, _given).All(others.TryGive);
        }

        /// <summary>The place of the event that gave the step.</summary>
        public int EventOf(int step) =>
            instant.Places[Enumerable.Range(0, instant.Places.Count).First(item => _matching.StepOf(item) == step)];

        private static InstantMatching MatchingOf(UnitTimeline timeline, IEnumerable<int> places) =>
            new([.. places.Select(timeline.KindOf)]);
    }
}
