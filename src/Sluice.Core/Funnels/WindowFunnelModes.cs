namespace Sluice.Core.Funnels;

/// <summary>The modes of ClickHouse's <c>windowFunnel</c>; they can be combined.</summary>
[Flags]
public enum WindowFunnelModes
{
    /// <summary>Its default.</summary>
    None = 0,

    /// <summary>A repeated step ends the search.</summary>
    StrictDeduplication = 1,

    /// <summary>An event that is no step, or a step too early, ends the search.</summary>
    StrictOrder = 2,

    /// <summary>Each step has a greater time than the one before.</summary>
    StrictIncrease = 4,

    /// <summary>One event gives at most one step.</summary>
    StrictOnce = 8,

    /// <summary>Under <see cref="StrictOrder"/> a step that comes too early is passed over.</summary>
    AllowReentry = 16,
}
