namespace Sluice.Cli.Funnels;

/// <summary>What is asked about a funnel.</summary>
internal enum FunnelSubject
{
    /// <summary>Its counts.</summary>
    Answer,

    /// <summary>The people at a step.</summary>
    Users,

    /// <summary>How one user was counted.</summary>
    Why,

    /// <summary>Which engine answers, and why.</summary>
    Explain,
}
