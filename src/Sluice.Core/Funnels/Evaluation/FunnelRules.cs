using Sluice.Core.Time;

namespace Sluice.Core.Funnels.Evaluation;

/// <summary>What decides which of a unit's events make an attempt, and which attempt counts.</summary>
/// <remarks>Which events take which step is not here: it is in each event's <see cref="EventKind"/>.</remarks>
/// <param name="Steps">The number of steps.</param>
public sealed record FunnelRules(int Steps)
{
    /// <summary>Whose meaning it has; the window is set where it is ClickHouse's.</summary>
    public FunnelSemantics Semantics { get; init; }

    /// <summary>The modes of ClickHouse's meaning.</summary>
    public WindowFunnelModes Modes { get; init; }

    /// <summary>How the steps must follow each other.</summary>
    public FunnelOrder Order { get; init; }

    /// <summary>Which attempts count.</summary>
    public FunnelEntry Entry { get; init; }

    /// <summary>The steps that may be left out, from 0; never the first.</summary>
    public IReadOnlySet<int> Optional { get; init; } = new HashSet<int>();

    /// <summary>Between which steps the events of each exclusion taint.</summary>
    public IReadOnlyList<ExclusionRange> Exclusions { get; init; } = [];

    /// <summary>Time from the entry within which a step counts, the end included; null means without bound.</summary>
    public long? WindowMicros { get; init; }

    /// <summary>The first instant at which an attempt may begin.</summary>
    public long FromMicros { get; init; } = long.MinValue;

    /// <summary>The first instant at which no attempt may begin any more.</summary>
    public long ToMicros { get; init; } = long.MaxValue;

    /// <summary>Whether events at or after <see cref="ToMicros"/> are looked at.</summary>
    public bool LateSteps { get; init; } = true;

    /// <summary>Without late steps, the first instant at which events are no longer looked at; null means <see cref="ToMicros"/>.</summary>
    public long? SeenToMicros { get; init; }

    /// <summary>The rules of a funnel.</summary>
    /// <param name="funnel">The funnel.</param>
    /// <param name="zone">The time zone in which its dates begin.</param>
    public static FunnelRules Of(FunnelDefinition funnel, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        return new(funnel.Steps.Count)
        {
            Semantics = funnel.Semantics,
            Modes = funnel.Modes,
            Order = funnel.Order,
            Entry = funnel.Entry,
            Optional = Enumerable.Range(0, funnel.Steps.Count).Where(step => funnel.Steps[step].Optional).ToHashSet(),
            Exclusions = [.. funnel.Exclude.Select(item => new ExclusionRange(item.After - 1, item.Before - 1))],
            WindowMicros = funnel.Window is { } window ? window.Ticks / TimeSpan.TicksPerMicrosecond : null,
            FromMicros = funnel.From is { } from ? StartOf(from) : long.MinValue,
            ToMicros = funnel.To is { } to ? StartOf(to) : long.MaxValue,
            LateSteps = funnel.LateSteps,
        };

        long StartOf(DateOnly date) => Micros.From(DataInterval.StartOf(date, zone));
    }

    /// <summary>Whether events that take no step and are not excluded matter too: they can end an attempt.</summary>
    internal bool LooksAtOthers => Order == FunnelOrder.Strict || Modes.HasFlag(WindowFunnelModes.StrictOrder);

    /// <summary>Whether a step may be left out.</summary>
    public bool IsOptional(int step) => Optional.Count > 0 && Optional.Contains(step);

    /// <summary>Whether an attempt may begin at that time.</summary>
    public bool MayBegin(long micros) => micros >= FromMicros && micros < ToMicros;

    /// <summary>Whether the funnel looks at an event of that time.</summary>
    public bool IsSeen(long micros) => LateSteps || micros < (SeenToMicros ?? ToMicros);

    /// <summary>The last instant of an attempt's window.</summary>
    // Times lie within the years 1 to 9999, a window may be longer.
    public long WindowEnd(long entry) =>
        WindowMicros is { } window && entry <= long.MaxValue - window ? entry + window : long.MaxValue;

    /// <summary>The step from which time and conversion of a step are measured: the last required one before it; of the first, itself.</summary>
    public int PreviousOf(int step)
    {
        var previous = Math.Max(0, step - 1);
        while (IsOptional(previous))
        {
            previous--;
        }

        return previous;
    }

    /// <summary>The first required step at or after a step; <see cref="Steps"/> where there is none.</summary>
    public int RequiredFrom(int step)
    {
        while (IsOptional(step))
        {
            step++;
        }

        return step;
    }
}
