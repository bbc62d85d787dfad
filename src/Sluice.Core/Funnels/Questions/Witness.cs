using System.Globalization;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Says for each event of a unit what became of it, and by which rule of docs/semantics.md.</summary>
/// <param name="plan">The funnel.</param>
internal sealed class Witness(FunnelPlan plan)
{
    private readonly IReadOnlyList<string> _names = StepNames.Of(plan.Funnel);

    // Of window_funnel: what ended the pass.
    private PassEnd? _end;

    private FunnelRules Rules => plan.Rules;

    /// <summary>Explains a unit.</summary>
    /// <param name="unit">The unit, with all its events.</param>
    /// <param name="rows">The names of its events, and what else their rows say.</param>
    public FunnelWitness Of(UnitEvents unit, IReadOnlyList<(string Name, string Details)> rows)
    {
        var outcome = FunnelEvaluator.Evaluate(unit.Events, Rules);
        _end = plan.Funnel.Semantics == FunnelSemantics.WindowFunnel ? WindowFunnel.EndOf(unit.Events, Rules) : null;
        return new(
            unit.Name,
            Verdict(outcome),
            [
                .. Enumerable
                    .Range(0, unit.Events.Count)
                    .OrderBy(place => unit.Events[place].Micros)
                    .Select(place => Event(unit.Events, place, rows[place], outcome)),
            ]
        );
    }

    private string Verdict(UnitOutcome outcome)
    {
        if (outcome.Attempts.Count == 0)
        {
            return outcome.Excluded.Count > 0
                ? "Left the funnel at every step: an excluded event lies in the attempt that would count."
                : "Never entered: no event of the first step begins an attempt in the range.";
        }

        if (outcome.Attempts.Count > 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Counted with {outcome.Attempts.Count} attempts.");
        }

        var attempt = outcome.Attempts[0];
        var taken = Enumerable.Range(0, Rules.Steps).Where(attempt.Took).Select(NameOf);
        return attempt.Took(Rules.Steps - 1)
            ? $"Came through: {string.Join(", ", taken)}."
            : $"Counted up to step {attempt.Depth.ToString(CultureInfo.InvariantCulture)}: {string.Join(", ", taken)}.{Ended()}";
    }

    private string Ended() =>
        _end is not { } end
            ? ""
            : end.Reason switch
            {
                PassEndReason.OfNoStep => " Then strict_order ended the pass, at an event of no step.",
                PassEndReason.TooEarly =>
                    $" Then strict_order ended the pass, at step {Number(end.Step)} without step {Number(end.Step - 1)} before it.",
                PassEndReason.Repeated =>
                    $" Then strict_deduplication ended the pass, when step {Number(end.Step)} came again.",
            };

    private WitnessedEvent Event(
        IReadOnlyList<FunnelEvent> events,
        int place,
        (string Name, string Details) row,
        UnitOutcome outcome
    )
    {
        var item = events[place];
        var (use, rule) = Judge(events, place, row.Name, outcome);
        return new(row.Name, item.Micros == FunnelEvent.NoTime ? null : item.Micros, row.Details, use, rule);
    }

    private (EventUse Use, string Rule) Judge(
        IReadOnlyList<FunnelEvent> events,
        int place,
        string name,
        UnitOutcome outcome
    )
    {
        foreach (var attempt in outcome.Attempts.Concat(outcome.Excluded))
        {
            for (var step = 0; step < Rules.Steps; step++)
            {
                if (attempt.EventOf(step) == place)
                {
                    return attempt.IsTainted
                        ? (
                            EventUse.Ignored,
                            $"would give step {Number(step)} of an attempt that an excluded event tainted"
                        )
                        : (EventUse.Used, $"gives step {Number(step)} ({NameOf(step)})");
                }
            }

            if (attempt.TaintedBy == place)
            {
                return (EventUse.Excluded, "is excluded between the steps of the attempt that would count");
            }
        }

        return (
            EventUse.Ignored,
            WhyIgnored(events, place, name, outcome.Attempts.Count > 0 ? outcome.Attempts[0] : null)
        );
    }

    private string WhyIgnored(IReadOnlyList<FunnelEvent> events, int place, string name, Attempt? counted)
    {
        var item = events[place];
        if (item.Micros == FunnelEvent.NoTime && plan.AsksTimes)
        {
            return "has no time";
        }

        if (_end is { } end && EndRule(item, place, end) is { } rule)
        {
            return rule;
        }

        if (item.Kind.Steps.Count == 0)
        {
            return item.Kind.Exclusions.Count == 0 ? OfNoStep(events, item, name, counted)
                : counted is not null && HasOtherGroup(events, item, counted)
                    ? "is excluded, but has another value of the properties held"
                : "is excluded, but lies outside the range of the exclusion in the attempt that counts";
        }

        if (item.Group < 0)
        {
            return "lacks a value of the properties held, and null equals nothing";
        }

        if (!Rules.IsSeen(item.Micros))
        {
            return "lies at or after 'to', and late steps do not count";
        }

        if (counted is null)
        {
            return item.Kind.Takes(0) && !Rules.MayBegin(item.Micros)
                ? "is an entry outside the range"
                : "no attempt is under way";
        }

        if (plan.Funnel.Order == FunnelOrder.Open)
        {
            return Rules.MayBegin(item.Micros) ? "repeats a step that another event gave" : "lies outside the range";
        }

        if (item.Micros < counted.Entry)
        {
            return BeforeEntry(item);
        }

        if (item.Micros > Rules.WindowEnd(counted.Entry))
        {
            return OtherEntry(events, item, counted) ?? "lies after the window of the attempt that counts";
        }

        return plan.Funnel.Semantics == FunnelSemantics.WindowFunnel
            ? InChain(item, counted)
            : InAttempt(events, item, counted);
    }

    // In the order of the pass: what is of no step comes first in its instant, then one step after the other.
    private static string? EndRule(FunnelEvent item, int place, PassEnd end) =>
        end.Places.Contains(place)
            ? end.Reason switch
            {
                PassEndReason.OfNoStep => "is an event of no step, and ends the pass (strict_order)",
                PassEndReason.TooEarly =>
                    $"ends the pass (strict_order): it is step {Number(end.Step)}, and step {Number(end.Step - 1)} was not reached",
                PassEndReason.Repeated =>
                    $"ends the pass (strict_deduplication): step {Number(end.Step)} was reached before, or comes twice at this instant",
            }
        : item.Micros > end.Micros
        || (item.Micros == end.Micros && item.Kind.Steps.Count > 0 && item.Kind.Steps.All(step => step > end.Step))
            ? $"comes after the event that ended the pass ({(end.Reason == PassEndReason.Repeated ? "strict_deduplication" : "strict_order")})"
        : null;

    private static bool HasOtherGroup(IReadOnlyList<FunnelEvent> events, FunnelEvent item, Attempt counted) =>
        counted.EventOf(0) is >= 0 and var entry && events[entry].Group != item.Group;

    private string OfNoStep(IReadOnlyList<FunnelEvent> events, FunnelEvent item, string name, Attempt? counted)
    {
        var what = EventKind.OfName(name, plan.Funnel).IsNamed
            ? "has the name of a step or exclusion, but not what its filter asks for"
            : "is an event of no step";
        return counted is not null && StrictRule(events, item, counted) is { } rule ? $"{what}, and {rule}" : what;
    }

    // What comes after the last event of a strict attempt and is not its next step ends it.
    private string? StrictRule(IReadOnlyList<FunnelEvent> events, FunnelEvent item, Attempt counted)
    {
        if (
            plan.Funnel.Order != FunnelOrder.Strict
            || plan.Funnel.Semantics == FunnelSemantics.WindowFunnel
            || counted.Took(Rules.Steps - 1)
            || item.Micros <= counted.Completion
            || item.Micros > Rules.WindowEnd(counted.Entry)
        )
        {
            return null;
        }

        var ended = events
            .Where(other => other.Micros > counted.Completion && other.Group == item.Group)
            .Min(other => other.Micros);
        return item.Micros == ended ? "ends the strict attempt" : "comes after the event that ended the strict attempt";
    }

    private string InAttempt(IReadOnlyList<FunnelEvent> events, FunnelEvent item, Attempt counted) =>
        HasOtherGroup(events, item, counted) ? "has another value of the properties held"
        : StrictRule(events, item, counted) is { } rule ? rule
        : item.Kind.Steps.Any(step => counted.Took(step) && counted.MicrosOf(step) == item.Micros)
            ? "its step was given by another event of this instant"
        : OtherEntry(events, item, counted) is { } other ? other
        : counted.Took(Rules.Steps - 1) && item.Micros >= counted.Completion ? "comes after the attempt was complete"
        : item.Kind.Steps.All(counted.Took) ? "repeats a step that an earlier event gave"
        : "comes before the step that it would follow, or the instant gave its step to another event";

    // Behind the entry of the attempt that counts: it was chosen before those that such events begin.
    private string? OtherEntry(IReadOnlyList<FunnelEvent> events, FunnelEvent item, Attempt counted) =>
        plan.Funnel is { Semantics: FunnelSemantics.Sluice, Order: FunnelOrder.Ordered or FunnelOrder.Strict }
        && item.Kind.Takes(0)
        && item.Micros > counted.Entry
        && Rules.MayBegin(item.Micros)
        && !HasOtherGroup(events, item, counted)
            ? plan.Funnel.Entry switch
            {
                FunnelEntry.Latest =>
                    "begins an attempt that does not count: another is deeper, clean or earlier complete",
                FunnelEntry.First => "is not the first entry, and with entry: first no other counts",
                FunnelEntry.Every => null,
            }
            : null;

    // The pass keeps levels and entries: by which events the steps between came, it does not know.
    private static string InChain(FunnelEvent item, Attempt counted)
    {
        var steps = item.Kind.Steps.Where(step => step > 0 && counted.Took(step)).Select(Number).ToList();
        return steps.Count > 0
            ? $"may have given step {string.Join(" or ", steps)}: window_funnel knows only the entry's event"
            : "gives no step of the chain that counts";
    }

    private string BeforeEntry(FunnelEvent item) =>
        item.Kind.Takes(0)
            ? Rules.MayBegin(item.Micros)
                ? plan.Funnel.Semantics == FunnelSemantics.WindowFunnel
                    ? "begins a chain that does not count: another came further, or begins later"
                    : "begins an attempt that does not count: another is clean, deeper, earlier complete or begins later"
                : "is an entry outside the range"
            : "comes before the entry of the attempt that counts";

    private string NameOf(int step) => _names[step];

    private static string Number(int step) => (step + 1).ToString(CultureInfo.InvariantCulture);
}
