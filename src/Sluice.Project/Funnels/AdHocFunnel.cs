using Sluice.Core;
using Sluice.Core.Funnels;

namespace Sluice.Project.Funnels;

/// <summary>Makes funnels out of the arguments of a command line.</summary>
public static class AdHocFunnel
{
    /// <summary>What a funnel is called that was not saved.</summary>
    public const string Name = "ad hoc";

    /// <summary>A funnel of arguments alone.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="events">The event table; null for the one that funnels read unless they say otherwise.</param>
    /// <exception cref="DefinitionException">Something is wrong; all problems are named, each with its option.</exception>
    public static FunnelDefinition Create(FunnelArguments arguments, string? events = null) =>
        Change(
            new FunnelDefinition
            {
                Name = Name,
                EventTable = events ?? FunnelReader.DefaultEvents,
                Steps = [],
            },
            arguments
        );

    /// <summary>The funnel with each key that is given in place of its own.</summary>
    /// <exception cref="DefinitionException">Something is wrong; all problems are named, each with its option.</exception>
    public static FunnelDefinition Change(FunnelDefinition funnel, FunnelArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        ArgumentNullException.ThrowIfNull(arguments);
        var reader = new ArgumentReader();
        var steps = reader.One("steps", arguments.Steps, StepText.Steps, funnel.Steps);
        var changed = funnel with
        {
            Steps = steps,
            Window = reader.One("window", arguments.Window, FunnelWords.Window, funnel.Window),
            Order = reader.One("order", arguments.Order, FunnelWords.Order, funnel.Order),
            Semantics = reader.One("semantics", arguments.Semantics, FunnelWords.Semantics, funnel.Semantics),
            Modes = reader
                .Several("modes", arguments.Modes, FunnelWords.Mode, [funnel.Modes])
                .Aggregate(WindowFunnelModes.None, (all, mode) => all | mode),
            Exclude = reader.Several(
                "exclude",
                arguments.Exclude,
                text => StepText.Exclusion(text, steps.Count),
                funnel.Exclude
            ),
            Unit = reader.One("unit", arguments.Unit, FunnelWords.Name, funnel.Unit),
            Entry = reader.One("entry", arguments.Entry, FunnelWords.Entry, funnel.Entry),
            Hold = reader.Several("hold", arguments.Hold, NameText.Read, funnel.Hold),
            By = reader.Several("by", arguments.By, BreakdownText.Parse, funnel.By),
            Attribution = reader.One("attribution", arguments.Attribution, FunnelWords.Attribution, funnel.Attribution),
            From = reader.One("from", arguments.From, DateOrNone, funnel.From),
            To = reader.One("to", arguments.To, DateOrNone, funnel.To),
            LateSteps = reader.One("late_steps", arguments.LateSteps, FunnelWords.LateSteps, funnel.LateSteps),
            Limit = reader.One("limit", arguments.Limit, FunnelWords.Limit, funnel.Limit),
            MinSample = reader.One("min_sample", arguments.MinSample, FunnelWords.MinSample, funnel.MinSample),
        };
        reader.ThrowIfWrong(changed);
        return changed;
    }

    private static DateOnly? DateOrNone(string text) => text == FunnelWords.None ? null : FunnelWords.Date(text);
}
