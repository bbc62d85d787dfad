namespace Sluice.Core.Funnels.Questions;

/// <summary>What answers a funnel; all give equal counts.</summary>
public enum FunnelEngine
{
    /// <summary>The journeys index where it can, else SQL.</summary>
    Auto,

    /// <summary>The journeys index, or an error that says why it cannot.</summary>
    Index,

    /// <summary>SQL brings the events, the fast evaluator counts.</summary>
    Sql,

    /// <summary>SQL brings the events, the reference evaluator counts.</summary>
    Reference,
}
