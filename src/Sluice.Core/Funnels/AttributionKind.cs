namespace Sluice.Core.Funnels;

/// <summary>The policies of <see cref="Attribution"/>.</summary>
public enum AttributionKind
{
    /// <summary>The first value that is not null, in time.</summary>
    FirstTouch,

    /// <summary>The last value that is not null.</summary>
    LastTouch,

    /// <summary>Each value sees only the events that carry it.</summary>
    AllEvents,

    /// <summary>Each value of the events of one step, which must carry it.</summary>
    Step,
}
