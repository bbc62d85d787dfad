using System.CommandLine;
using Sluice.Project.Funnels;

namespace Sluice.Cli.Funnels;

/// <summary>The keys of a funnel as options, each in the words of the notation.</summary>
internal sealed class FunnelKeyOptions
{
    private readonly Option<string?> _steps = Text(
        "--steps",
        "A,B,C",
        "A funnel of its own: names of events, two or more. a|b takes either, a* every event that begins so, b? may be left out."
    );

    private readonly Option<string?> _window = Text(
        "--window",
        "14d",
        "Time from the entry within which a step counts, in w, d, h, m, s or ms; none for no bound."
    );

    private readonly Option<string?> _order = Text(
        "--order",
        "ORDER",
        "How steps follow each other: ordered, strict (nothing between), unordered, or open (at any time)."
    );

    private readonly Option<string[]> _exclude = List(
        "--exclude",
        "A[:1:2]",
        "Events that must not happen in between; with :1:2 after step 1 and before step 2. Can be repeated."
    );

    private readonly Option<string[]> _hold = List(
        "--hold",
        "A,B",
        "Properties of events that must be equal on all steps."
    );

    private readonly Option<string?> _entry = Text(
        "--entry",
        "ENTRY",
        "Which attempts of a user count: latest, first or every."
    );

    private readonly Option<string?> _unit = Text("--unit", "COLUMN", "Who is counted: user, session or any column.");

    private readonly Option<string[]> _by = List(
        "--by",
        "A,B",
        "Break the answer down by properties (sex, user.sex, event.amount), by a period of a user's date (month_of_year:date; "
            + "day, week, month, quarter, year, month_of_year, day_of_week) or of the entry (hour, day, week, month, quarter, year). "
            + "An odd name stands in double quotes: '\"utm:src\"', 'event.\"a,b\"'."
    );

    private readonly Option<string?> _attribution = Text(
        "--attribution",
        "WHICH",
        "Whose value an event property has: first_touch, last_touch, all_events or step:2."
    );

    private readonly Option<string?> _from = Text("--from", "YYYY-MM-DD", "The first day on which one may enter.");

    private readonly Option<string?> _to = Text(
        "--to",
        "YYYY-MM-DD",
        "The first day on which none may enter any more."
    );

    private readonly Option<string?> _lateSteps = Text(
        "--late-steps",
        "true|false",
        "Whether a later step counts inside its window even after --to. By default true."
    );

    private readonly Option<string?> _limit = Text(
        "--limit",
        "N",
        "Segments shown; the others are summed up. By default 25."
    );

    private readonly Option<string?> _minSample = Text(
        "--min-sample",
        "N",
        "Users below which a share has no interval and no test. By default 30."
    );

    private readonly Option<string?> _semantics = Text(
        "--semantics",
        "NAME",
        "sluice, or window_funnel for the meaning of ClickHouse."
    );

    private readonly Option<string[]> _modes = List(
        "--modes",
        "A,B",
        "Of window_funnel: strict_deduplication, strict_order, strict_increase, strict_once, allow_reentry."
    );

    /// <summary>All, in the order of the help.</summary>
    public IEnumerable<Option> All =>
        [
            _steps,
            _window,
            _order,
            _exclude,
            _hold,
            _entry,
            _unit,
            _by,
            _attribution,
            _from,
            _to,
            _lateSteps,
            _limit,
            _minSample,
            _semantics,
            _modes,
        ];

    /// <summary>What was written; whether it can be read is not asked here.</summary>
    public FunnelArguments Read(ParseResult line) =>
        new()
        {
            Steps = line.GetValue(_steps),
            Window = line.GetValue(_window),
            Order = line.GetValue(_order),
            Semantics = line.GetValue(_semantics),
            Modes = line.GetValue(_modes) ?? [],
            Exclude = line.GetValue(_exclude) ?? [],
            Unit = line.GetValue(_unit),
            Entry = line.GetValue(_entry),
            Hold = line.GetValue(_hold) ?? [],
            By = line.GetValue(_by) ?? [],
            Attribution = line.GetValue(_attribution),
            From = line.GetValue(_from),
            To = line.GetValue(_to),
            LateSteps = line.GetValue(_lateSteps),
            Limit = line.GetValue(_limit),
            MinSample = line.GetValue(_minSample),
        };

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    private static Option<string[]> List(string name, string helpName, string description) =>
        new(name) { Description = $"{description} 'none' takes those of the funnel away.", HelpName = helpName };
}
