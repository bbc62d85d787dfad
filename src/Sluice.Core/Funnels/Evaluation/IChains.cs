namespace Sluice.Core.Funnels.Evaluation;

/// <summary>The chains that the pass of <see cref="WindowFunnel"/> remembers: of each step one that has reached it.</summary>
internal interface IChains
{
    /// <summary>Whether a chain has reached the step.</summary>
    bool Has(int step);

    /// <summary>The chain that has reached the step.</summary>
    FunnelChain At(int step);

    /// <summary>Comes to the next instant.</summary>
    void Begin(UnitTimeline.Instant instant);

    /// <summary>
    /// Extends chains to a step by events of the instant; the first step begins one. Steps come in ascending order, and a
    /// chain has reached the step before.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="places">All events of the instant that match it.</param>
    /// <returns>How many of the events extend a chain; those above 2 may be left out.</returns>
    int Extend(int step, IReadOnlyList<int> places);
}
