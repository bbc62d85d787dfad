namespace Sluice.Core.Funnels;

/// <summary>A funnel as the user wrote it.</summary>
public sealed record FunnelDefinition
{
    /// <summary>Its name: the file's name without <c>.yaml</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it shows, for people; null where nothing was written.</summary>
    public string? Description { get; init; }

    /// <summary>The model with the events of all steps; null where each step has a table of its own.</summary>
    public string? EventTable { get; init; }

    /// <summary>The table of each event, where each has one of its own; empty otherwise.</summary>
    public IReadOnlyDictionary<string, string> StepTables { get; init; } = new Dictionary<string, string>();

    /// <summary>The steps, two or more.</summary>
    public required IReadOnlyList<FunnelStep> Steps { get; init; }

    /// <summary>Whose meaning it has.</summary>
    /// <value>Sluice's own by default.</value>
    public FunnelSemantics Semantics { get; init; }

    /// <summary>The modes of <see cref="FunnelSemantics.WindowFunnel"/>.</summary>
    public WindowFunnelModes Modes { get; init; }

    /// <summary>How the steps must follow each other.</summary>
    /// <value>Ordered by default.</value>
    public FunnelOrder Order { get; init; }

    /// <summary>Whether times matter: an open funnel without a range does without.</summary>
    public bool AsksTimes => this is not { Order: FunnelOrder.Open, From: null, To: null };

    /// <summary>Time from the entry within which a step counts, the end included; null means without bound.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>What must not happen between steps.</summary>
    public IReadOnlyList<FunnelExclusion> Exclude { get; init; } = [];

    /// <summary>The column that says whose events they are; null means the event table's own.</summary>
    public string? Unit { get; init; }

    /// <summary>Which attempts of a unit count.</summary>
    /// <value>The latest by default.</value>
    public FunnelEntry Entry { get; init; }

    /// <summary>Properties of events that must be equal on all steps of an attempt.</summary>
    public IReadOnlyList<string> Hold { get; init; } = [];

    /// <summary>What the answer is broken down by.</summary>
    public IReadOnlyList<Breakdown> By { get; init; } = [];

    /// <summary>Which events say a unit's value of an event property.</summary>
    /// <value>The first value that is not null by default.</value>
    public Attribution Attribution { get; init; }

    /// <summary>The first date on which an attempt may begin, in the project's time zone; null means from the first event.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The first date on which no attempt may begin any more; null means to the last event.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether a later step counts inside the window even after <see cref="To"/>.</summary>
    /// <value>True by default.</value>
    public bool LateSteps { get; init; } = true;

    /// <summary>Segments shown; the units of the others are summed up as one, and the answer says so.</summary>
    /// <value>25 by default.</value>
    public int Limit { get; init; } = 25;

    /// <summary>Units at the previous step below which a count is shown but no interval and no test.</summary>
    /// <value>30 by default.</value>
    public int MinSample { get; init; } = 30;
}
