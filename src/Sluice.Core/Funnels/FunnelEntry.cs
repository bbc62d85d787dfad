namespace Sluice.Core.Funnels;

/// <summary>Which of a unit's attempts counts.</summary>
public enum FunnelEntry
{
    /// <summary>The best of all; of equal ones the one that began last.</summary>
    Latest,

    /// <summary>The one that began with the unit's first entry in the reporting range.</summary>
    First,

    /// <summary>All, one after the other: attempts are counted in place of units.</summary>
    Every,
}
