namespace Sluice.Core.Funnels;

/// <summary>Whose meaning a funnel has.</summary>
public enum FunnelSemantics
{
    /// <summary>Sluice's own.</summary>
    Sluice,

    /// <summary>That of ClickHouse's <c>windowFunnel</c>.</summary>
    WindowFunnel,
}
