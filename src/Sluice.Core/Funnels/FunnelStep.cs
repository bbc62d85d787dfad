namespace Sluice.Core.Funnels;

/// <summary>One step: the events that take it.</summary>
/// <param name="Events">Names of events; <c>*</c> at the end stands for any ending.</param>
/// <param name="Name">What the answer calls it.</param>
public sealed record FunnelStep(IReadOnlyList<string> Events, string Name)
{
    /// <summary>A step that one event takes, called like it.</summary>
    public static FunnelStep Of(string @event) => new([@event], @event);

    /// <summary>Whether an event of that name takes the step. Names are compared exactly; an empty one takes no step.</summary>
    public bool Matches(string @event) =>
        @event.Length > 0
        && Events.Any(pattern =>
            pattern.EndsWith('*')
                ? @event.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
                : pattern == @event
        );
}
