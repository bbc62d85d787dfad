namespace Sluice.Core.Funnels;

/// <summary>The order in which the steps of a funnel must happen.</summary>
public enum FunnelOrder
{
    /// <summary>One after the other; other events may lie between them.</summary>
    Ordered,

    /// <summary>One after the other, with no other event of the unit between two of them.</summary>
    Strict,

    /// <summary>In any order inside the window; step k is then "k of the steps".</summary>
    Unordered,

    /// <summary>At any time: a step counts whether or not the steps before it were taken.</summary>
    Open,
}
