using Sluice.Cli.Output;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Questions;
using Sluice.Project.Funnels;

namespace Sluice.Cli.Funnels;

/// <summary>What a command line asks of <c>sluice funnel</c>: a funnel, where its events are, and what is shown.</summary>
internal sealed record FunnelRequest
{
    /// <summary>The project's folder; null for the one at or above the current folder.</summary>
    public string? Project { get; init; }

    /// <summary>The saved funnel; null where <see cref="Definition"/> or the arguments are one.</summary>
    public string? Name { get; init; }

    /// <summary>The file with the funnel; null where it is saved or in the arguments.</summary>
    public string? Definition { get; init; }

    /// <summary>The funnel itself, or what is changed of the saved one.</summary>
    public FunnelArguments Arguments { get; init; } = new();

    /// <summary>The file with the events; null for a build.</summary>
    public string? Events { get; init; }

    /// <summary>Which column of that file means what; null for the usual names.</summary>
    public EventTable? Columns { get; init; }

    /// <summary>The zone of a file's dates, periods and times without an offset; null for the project's, else UTC.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>The build; null for the current one.</summary>
    public string? AsOf { get; init; }

    /// <summary>What is asked.</summary>
    public FunnelSubject Subject { get; init; }

    /// <summary>What an answer shows beside the counts.</summary>
    public FunnelOptions Options { get; init; } = new();

    /// <summary>The step whose people are listed, a number or a name; null where they are not.</summary>
    public string? UsersOf { get; init; }

    /// <summary>Whether those are listed that came to the step before and no further.</summary>
    public bool Dropped { get; init; }

    /// <summary>The user to tell about; null for none.</summary>
    public string? Why { get; init; }

    /// <summary>How it is written.</summary>
    public FunnelFormat Format { get; init; }
}
