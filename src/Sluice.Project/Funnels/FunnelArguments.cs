namespace Sluice.Project.Funnels;

/// <summary>
/// The keys of a funnel as arguments of a command line, in the words of the notation; null or empty where one is not given. A list may come in several arguments and with
/// commas in each; <c>none</c> alone is the empty list.
/// </summary>
public sealed record FunnelArguments
{
    /// <summary>
    /// The steps, with commas between: a name of an event, several with <c>|</c> between, <c>*</c> at the end for any
    /// ending, and <c>?</c> last for an optional step: <c>search,cart?,pay|order*</c>.
    /// </summary>
    public string? Steps { get; init; }

    /// <summary>A duration, or <c>none</c>.</summary>
    public string? Window { get; init; }

    /// <summary>A word of <c>order</c>.</summary>
    public string? Order { get; init; }

    /// <summary>A word of <c>semantics</c>.</summary>
    public string? Semantics { get; init; }

    /// <summary>Words of <c>modes</c>.</summary>
    public IReadOnlyList<string> Modes { get; init; } = [];

    /// <summary>
    /// Exclusions: names of events with <c>|</c> between, and for a part of the funnel <c>:AFTER:BEFORE</c>, of which one
    /// may be left empty: <c>refund</c>, <c>refund:1:2</c>, <c>refund:2:</c>.
    /// </summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The unit.</summary>
    public string? Unit { get; init; }

    /// <summary>A word of <c>entry</c>.</summary>
    public string? Entry { get; init; }

    /// <summary>Properties of events, in double quotes where a name has a comma.</summary>
    public IReadOnlyList<string> Hold { get; init; } = [];

    /// <summary>Breakdowns in the form of <see cref="BreakdownText"/>.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>A word of <c>attribution</c>.</summary>
    public string? Attribution { get; init; }

    /// <summary>A date, or <c>none</c>.</summary>
    public string? From { get; init; }

    /// <summary>A date, or <c>none</c>.</summary>
    public string? To { get; init; }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public string? LateSteps { get; init; }

    /// <summary>A whole number.</summary>
    public string? Limit { get; init; }

    /// <summary>A whole number.</summary>
    public string? MinSample { get; init; }
}
