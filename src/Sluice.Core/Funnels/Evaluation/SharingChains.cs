namespace Sluice.Core.Funnels.Evaluation;

/// <summary>Chains in which one event can give several steps. Of each step only the last chain that reached it is kept.</summary>
/// <param name="rules">The funnel.</param>
internal sealed class SharingChains(FunnelRules rules) : IChains
{
    private readonly FunnelChain?[] _chains = new FunnelChain?[rules.Steps];
    private long _now;

    public bool Has(int step) => _chains[step] is not null;

    public FunnelChain At(int step) => _chains[step]!.Value;

    public void Begin(UnitTimeline.Instant instant) => _now = instant.Micros;

    public int Extend(int step, IReadOnlyList<int> places)
    {
        if (step == 0)
        {
            _chains[0] = new(places[^1], _now, _now);
            return places.Count;
        }

        // Under strict_increase an event of the step before at this instant hides the one that came before it: for the steps
        // a, b the events a@0 a@5 b@5 reach level 1, as in ClickHouse.
        var before = At(step - 1);
        var isTooEarly = rules.Modes.HasFlag(WindowFunnelModes.StrictIncrease) && _now <= before.LastMicros;
        if (isTooEarly || _now > rules.WindowEnd(before.FirstMicros))
        {
            return 0;
        }

        _chains[step] = before with { LastMicros = _now };
        return places.Count;
    }
}
