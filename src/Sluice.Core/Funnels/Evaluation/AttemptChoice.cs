namespace Sluice.Core.Funnels.Evaluation;

/// <summary>Keeps the best of the attempts it is offered, in two that are used again. Not thread safe.</summary>
/// <param name="rules">The funnel.</param>
internal sealed class AttemptChoice(FunnelRules rules)
{
    private Attempt _best = new(rules.Steps);

    /// <summary>The attempt to fill in before it is offered.</summary>
    public Attempt Next { get; private set; } = new(rules.Steps);

    /// <summary>Whether one was offered since <see cref="Clear"/>.</summary>
    public bool Any { get; private set; }

    /// <summary>The best so far, until the next is cleared.</summary>
    public Attempt Best => _best;

    public void Clear() => Any = false;

    /// <summary>Compares <see cref="Next"/> with the best.</summary>
    public void Offer()
    {
        // A tainted attempt of an ordered funnel gives way to a better one only; of an unordered funnel to any clean one.
        var gives = rules.Order == FunnelOrder.Unordered && _best.IsTainted != Next.IsTainted;
        if (!Any || (gives ? _best.IsTainted : Next.IsBetterThan(_best, rules)))
        {
            (_best, Next) = (Next, _best);
            Any = true;
        }
    }
}
