namespace Sluice.Core.Funnels;

/// <summary>One step: the events that take it.</summary>
/// <param name="Events">The events.</param>
/// <param name="Name">What the answer calls it.</param>
public sealed record FunnelStep(EventSelector Events, string Name)
{
    /// <summary>Whether it may be left out: it is taken where an event for it comes before the next required step's.</summary>
    /// <value>False by default. The first step is never optional.</value>
    public bool Optional { get; init; }

    /// <summary>A step that one event takes, called like it.</summary>
    public static FunnelStep Of(string @event) => new(EventSelector.Of(@event), @event);
}
