namespace Sluice.Core.Funnels;

/// <summary>Which of a unit's events say its value of an event property.</summary>
/// <param name="Kind">The policy.</param>
/// <param name="Step">The step that <see cref="AttributionKind.Step"/> means, from 1; 0 for the others.</param>
public readonly record struct Attribution(AttributionKind Kind, int Step = 0)
{
    /// <summary>Whether one unit can stand in several segments.</summary>
    public bool MayOverlap => Kind is AttributionKind.AllEvents or AttributionKind.Step;
}
