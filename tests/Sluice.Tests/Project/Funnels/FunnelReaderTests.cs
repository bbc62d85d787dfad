using Sluice.Core.Funnels;
using static Sluice.Tests.Project.WrittenProject;

namespace Sluice.Tests.Project.Funnels;

public sealed class FunnelReaderTests
{
    private const string TwoSteps = "steps: [a, b]\n";

    [Fact]
    public void Two_steps_are_enough()
    {
        var funnel = Read("steps: [step4, step5]\n");

        Assert.Equal(("f", "fact_page_visit", FunnelOrder.Ordered), (funnel.Name, funnel.EventTable, funnel.Order));
        Assert.Equal(["step4", "step5"], funnel.Steps.Select(step => step.Name));
        Assert.Equal((null, null, null, null), (funnel.Window, funnel.Unit, funnel.From, funnel.To));
        Assert.Equal((true, 25, 30), (funnel.LateSteps, funnel.Limit, funnel.MinSample));
        Assert.Equal((FunnelSemantics.Sluice, WindowFunnelModes.None), (funnel.Semantics, funnel.Modes));
        Assert.Equal((FunnelEntry.Latest, new Attribution()), (funnel.Entry, funnel.Attribution));
        Assert.Empty(funnel.By);
        Assert.Empty(funnel.Hold);
        Assert.Empty(funnel.Exclude);
        Assert.Empty(funnel.StepTables);
    }

    [Fact]
    public void Every_key_is_read()
    {
        var funnel = Read(
            """
            name: f
            description: Words
            events: visits
            steps:
              - step4
              - {event: step5, name: Payment, optional: true}
              - {event: [step6, "thanks*"], where: "amount > 0", optional: false}
            window: 1h30m
            order: strict
            semantics: sluice
            modes: []
            exclude: [{event: refund, where: "amount > 9", after: 2, before: 3}, cancel]
            unit: session
            entry: first
            hold: [product, shop]
            by: [sex, user.channel, event.amount, {month_of_year: user.date}, week]
            attribution: last_touch
            from: 2015-01-01
            to: "2015-05-01"
            late_steps: false
            limit: 3
            min_sample: 7
            """
        );

        Assert.Equal(("Words", "visits", "session"), (funnel.Description, funnel.EventTable, funnel.Unit));
        Assert.Equal(["step4", "Payment", "step6 or thanks*"], funnel.Steps.Select(step => step.Name));
        Assert.Equal([false, true, false], funnel.Steps.Select(step => step.Optional));
        Assert.Equal(["step6", "thanks*"], funnel.Steps[2].Events.Names);
        Assert.Equal([null, null, "amount > 0"], funnel.Steps.Select(step => step.Events.Where?.ToText()));
        Assert.Equal(TimeSpan.FromMinutes(90), funnel.Window);
        Assert.Equal((FunnelOrder.Strict, FunnelEntry.First), (funnel.Order, funnel.Entry));
        Assert.Equal(
            ["refund amount > 9 2-3", "cancel  1-3"],
            funnel.Exclude.Select(item =>
                $"{item.Events.Names.Single()} {item.Events.Where?.ToText()} {item.After}-{item.Before}"
            )
        );
        Assert.Equal(["product", "shop"], funnel.Hold);
        Assert.Equal(
            [
                Breakdown.By("sex"),
                new(BreakdownOf.User, "channel"),
                new(BreakdownOf.Event, "amount"),
                new(BreakdownOf.User, "date", DatePeriod.MonthOfYear),
                Breakdown.ByEntry(DatePeriod.Week),
            ],
            funnel.By
        );
        Assert.Equal(AttributionKind.LastTouch, funnel.Attribution.Kind);
        Assert.Equal((new(2015, 1, 1), new(2015, 5, 1)), (funnel.From!.Value, funnel.To!.Value));
        Assert.Equal((false, 3, 7), (funnel.LateSteps, funnel.Limit, funnel.MinSample));
    }

    [Theory]
    [InlineData("ordered", FunnelOrder.Ordered)]
    [InlineData("strict", FunnelOrder.Strict)]
    [InlineData("unordered", FunnelOrder.Unordered)]
    [InlineData("open", FunnelOrder.Open)]
    public void Each_order_has_its_word(string word, FunnelOrder order) =>
        Assert.Equal(order, Read($"{TwoSteps}order: {word}\n").Order);

    [Theory]
    [InlineData("latest", FunnelEntry.Latest)]
    [InlineData("first", FunnelEntry.First)]
    [InlineData("every", FunnelEntry.Every)]
    public void Each_entry_has_its_word(string word, FunnelEntry entry) =>
        Assert.Equal(entry, Read($"{TwoSteps}entry: {word}\n").Entry);

    [Theory]
    [InlineData("first_touch", AttributionKind.FirstTouch, 0)]
    [InlineData("last_touch", AttributionKind.LastTouch, 0)]
    [InlineData("all_events", AttributionKind.AllEvents, 0)]
    [InlineData("step:2", AttributionKind.Step, 2)]
    public void Each_attribution_has_its_word(string word, AttributionKind kind, int step) =>
        Assert.Equal(new(kind, step), Read($"{TwoSteps}attribution: {word}\n").Attribution);

    [Fact]
    public void The_semantics_of_clickhouse_have_modes()
    {
        var funnel = Read(
            $"{TwoSteps}window: 1d\nsemantics: window_funnel\n"
                + "modes: [strict_deduplication, strict_order, strict_increase, strict_once, allow_reentry]\n"
        );

        Assert.Equal(FunnelSemantics.WindowFunnel, funnel.Semantics);
        Assert.Equal(Enum.GetValues<WindowFunnelModes>().Aggregate((all, mode) => all | mode), funnel.Modes);
    }

    [Theory]
    [InlineData("modes: strict_once\nsemantics: window_funnel\nwindow: 1d")]
    [InlineData("hold: product")]
    [InlineData("by: sex")]
    [InlineData("exclude: refund")]
    [InlineData("exclude: {event: refund}")]
    public void One_item_needs_no_list(string yaml)
    {
        var funnel = Read($"{TwoSteps}{yaml}\n");

        Assert.Equal(1, funnel.Hold.Count + funnel.By.Count + funnel.Exclude.Count + (funnel.Modes == default ? 0 : 1));
    }

    [Fact]
    public void A_list_within_a_list_is_events_of_which_one_is_enough()
    {
        var funnel = Read("steps: [[a, a2], b]\nexclude: [[x, y]]\n");

        Assert.Equal(["a", "a2"], funnel.Steps[0].Events.Names);
        Assert.Equal("a or a2", funnel.Steps[0].Name);
        Assert.Equal(["x", "y"], funnel.Exclude[0].Events.Names);
        Assert.Equal((1, 2), (funnel.Exclude[0].After, funnel.Exclude[0].Before));
    }

    [Fact]
    public void Each_step_may_have_a_table_of_its_own()
    {
        var funnel = Read("events: {a: a_fact, b: b_fact}\nsteps: [a, b*]\norder: open\n");

        Assert.Null(funnel.EventTable);
        Assert.Equal(["a=a_fact", "b=b_fact"], funnel.StepTables.Select(step => $"{step.Key}={step.Value}").Order());
        Assert.Equal(FunnelOrder.Open, funnel.Order);
    }

    [Fact]
    public void No_window_may_be_written_out() => Assert.Null(Read($"{TwoSteps}window: none\n").Window);

    [Fact]
    public void Two_hundred_steps_are_read()
    {
        var steps = string.Join(", ", Enumerable.Range(1, 200).Select(step => FormattableString.Invariant($"s{step}")));
        var funnel = Read(
            $"steps: [{steps}]\nexclude: [{{event: x, after: 150, before: 200}}]\nattribution: step:200\n"
        );

        Assert.Equal((200, "s200"), (funnel.Steps.Count, funnel.Steps[^1].Name));
        Assert.Equal((150, 200), (funnel.Exclude[0].After, funnel.Exclude[0].Before));
    }

    [Theory]
    [InlineData("steps: [a]", "1: A funnel has two steps or more.\n    Write for example: steps: [search, payment]")]
    [InlineData("name: f", "1: A funnel has two steps or more.\n    Write for example: steps: [search, payment]")]
    [InlineData("\nsteps: [a, '']", "2: a step is empty.\n    Write for example: {event: step5, name: Payment}")]
    [InlineData("steps:\n  -\n  - b", "2: a step is empty.\n    Write for example: {event: step5, name: Payment}")]
    [InlineData(
        "steps:\n  - a\n  - {name: B}",
        "3: a step names its event.\n    Write for example: {event: step5, name: Payment}"
    )]
    [InlineData(
        "steps:\n  - a\n  - {event: }",
        "3: a step names its event.\n    Write for example: {event: step5, name: Payment}"
    )]
    [InlineData(
        "steps:\n  - a\n  - {event: [b, {c: d}]}",
        "3: a step takes names of events here.\n    Write for example: {event: step5, name: Payment}"
    )]
    [InlineData(
        "steps:\n  - a\n  - {evnt: b, event: b}",
        "3: the key 'evnt' is not known here.\n    Did you mean 'event'?"
    )]
    [InlineData("steps:\n  - a\n  - {event: b, optional: maybe}", "3: 'optional' is true or false.")]
    [InlineData(
        "steps:\n  - {event: a, optional: true}\n  - b",
        "1: The first step cannot be optional.\n    Leave 'optional' out there."
    )]
    public void What_is_wrong_in_steps_is_named_with_its_line(string yaml, string expected) =>
        Assert.Equal($"funnels/f.yaml:{expected}", Problem(Minimal, ("funnels/f.yaml", $"{yaml}\n")));

    [Theory]
    [InlineData("windw: 1d", "the key 'windw' is not known here.\n    Did you mean 'window'?")]
    [InlineData(
        "window: 14",
        "'14' is no duration.\n    Write for example 14d, 36h, 90m, 30s, 1h30m or 500ms, at most 10675199d; or none for no bound."
    )]
    [InlineData("window: 0d", "The window must be longer than zero.\n    Write for example 14d, or none.")]
    [InlineData("window: [1d]", "'window' takes a single value.")]
    [InlineData("order: orderd", "the order 'orderd' is not known.\n    Did you mean 'ordered'?")]
    [InlineData("order: any", "the order 'any' is not known.\n    There are: open, ordered, strict, unordered.")]
    [InlineData(
        "semantics: clickhouse",
        "the semantics 'clickhouse' is not known.\n    There are: sluice, window_funnel."
    )]
    [InlineData("modes: [strict_oder]", "the mode 'strict_oder' is not known.\n    Did you mean 'strict_order'?")]
    [InlineData(
        "modes: [none]",
        "the mode 'none' is not known.\n    There are: allow_reentry, strict_deduplication, strict_increase, strict_once, strict_order."
    )]
    [InlineData(
        "modes: [strict_once]",
        "Modes belong to semantics: window_funnel.\n    Add it, or leave 'modes' out; Sluice's own word is 'order'."
    )]
    [InlineData("entry: lastest", "the entry 'lastest' is not known.\n    Did you mean 'latest'?")]
    [InlineData(
        "attribution: first",
        "the attribution 'first' is not known.\n    There are: all_events, first_touch, last_touch, step:1."
    )]
    [InlineData("attribution: step:3", "There is no step 3 that values could come from.\n    Steps count from 1 to 2.")]
    [InlineData("attribution: step:0", "There is no step 0 that values could come from.\n    Steps count from 1 to 2.")]
    [InlineData("attribution: step", "the attribution 'step' is not known.\n    Did you mean 'step:1'?")]
    [InlineData("hold: [product, '']", "'hold' takes a name, or a list of names.")]
    [InlineData("hold: [{a: b}]", "'hold' takes a name, or a list of names.")]
    [InlineData("exclude: ['']", "an exclusion is empty.\n    Write for example: {event: refund, after: 1, before: 2}")]
    [InlineData(
        "exclude: [{after: 1}]",
        "an exclusion names its event.\n    Write for example: {event: refund, after: 1, before: 2}"
    )]
    [InlineData("exclude: [{event: x, afer: 1}]", "the key 'afer' is not known here.\n    Did you mean 'after'?")]
    [InlineData("exclude: [{event: x, after: first}]", "'after' is the number of a step, counted from 1.")]
    [InlineData("exclude: [{event: x, before: -1}]", "'before' is the number of a step, counted from 1.")]
    [InlineData(
        "exclude: [{event: x, before: 3}]",
        "The exclusion of 'x' lies after step 1 and before step 3, which is no range inside the funnel.\n    Steps count from 1 to 2, and 'after' is less than 'before'."
    )]
    [InlineData(
        "exclude: [b]",
        "The exclusion of 'b' is also an event of step 2 (b), which lies in its range.\n    Exclude another event, or tell the two apart with 'where'."
    )]
    [InlineData("from: 2015-1-1", "'2015-1-1' is no date.\n    Write it as 2015-05-01.")]
    [InlineData("to: 2015-02-30", "'2015-02-30' is no date.\n    Write it as 2015-05-01.")]
    [InlineData("to: 1000-12-31", "'1000-12-31' lies outside of the years 1001 to 8999.")]
    [InlineData("from: 9000-01-01", "'9000-01-01' lies outside of the years 1001 to 8999.")]
    [InlineData("late_steps: yes", "'late_steps' is true or false.")]
    [InlineData("limit: 0", "'limit' is a whole number from 1 to 100000.")]
    [InlineData("min_sample: few", "'min_sample' is a whole number from 1 to 2147483647.")]
    [InlineData(
        "by: [{fortnight: user.date}]",
        "There is no period 'fortnight'.\n    There are: day, day_of_week, month, month_of_year, quarter, week, year."
    )]
    [InlineData("by: [{month: }]", "A breakdown names no property.\n    Write for example sex or month_of_year:date.")]
    [InlineData(
        "by: ['']",
        "A breakdown is empty.\n    Write for example sex, event.amount, month or month_of_year:date."
    )]
    [InlineData("name: g", "the funnel is called 'f', like its file.\n    Rename the file, or leave the name out.")]
    [InlineData(
        "events: [x, y]",
        "'events' is one table, or a table for each event.\n    Write for example: events: {step4: step4_fact, step5: step5_fact}"
    )]
    public void What_is_wrong_is_named_with_its_line(string line, string expected) =>
        Assert.Equal($"funnels/f.yaml:2: {expected}", Problem(Minimal, ("funnels/f.yaml", $"{TwoSteps}{line}\n")));

    [Fact]
    public void A_key_that_is_missing_is_told_at_the_top() =>
        Assert.Equal(
            "funnels/f.yaml:1: semantics: window_funnel needs a window.\n    Write for example: window: 14d",
            Problem(Minimal, ("funnels/f.yaml", $"{TwoSteps}semantics: window_funnel\n"))
        );

    [Theory]
    [InlineData("window: 1d", "An open funnel has no attempts, so 'window' has no meaning in it.")]
    [InlineData("exclude: [x]", "An open funnel has no attempts, so 'exclude' has no meaning in it.")]
    [InlineData("hold: [x]", "An open funnel has no attempts, so 'hold' has no meaning in it.")]
    [InlineData("entry: first", "An open funnel has no attempts, so 'entry' has no meaning in it.")]
    [InlineData("late_steps: false", "An open funnel has no attempts, so 'late_steps' has no meaning in it.")]
    [InlineData("by: [sex, month]", "An open funnel has no entry whose month it could be broken down by.")]
    public void What_means_nothing_in_an_open_funnel_is_refused(string line, string expected) =>
        Assert.Equal(
            [$"funnels/f.yaml:3: {expected}"],
            Problems(Minimal, ("funnels/f.yaml", $"{TwoSteps}order: open\n{line}\n"))
        );

    [Theory]
    [InlineData("where: amount >>", "funnels/f.yaml:3: The filter is wrong at column 8")]
    [InlineData("where: [a]", "funnels/f.yaml:3: 'where' takes a single value.")]
    public void A_filter_that_is_none_is_refused(string pair, string expected) =>
        Assert.StartsWith(
            expected,
            Problem(Minimal, ("funnels/f.yaml", $"steps:\n  - a\n  - {{event: b, {pair}}}\n")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(
        "events: {a: t}\nsteps: [a, ab]\n",
        "2: the event 'ab' has no table under 'events'.\n    There are: a."
    )]
    [InlineData(
        "events: {a: t}\nsteps: [a, b*]\n",
        "2: the event 'b*' has no table under 'events'.\n    There are: a."
    )]
    [InlineData(
        "events: {a: t, b: u}\nsteps: [a, b]\nexclude: [x]\n",
        "3: the event 'x' has no table under 'events'.\n    There are: a, b."
    )]
    [InlineData("events:\n  a: a_fact\n  b:\nsteps: [a, b]\n", "3: 'b' is missing.")]
    public void An_event_without_table_is_named(string yaml, string expected) =>
        Assert.Equal($"funnels/f.yaml:{expected}", Problem(Minimal, ("funnels/f.yaml", yaml)));

    [Fact]
    public void All_problems_are_named_at_once() =>
        Assert.Equal(
            [
                "funnels/f.yaml:2: the key 'windw' is not known here.",
                "funnels/f.yaml:3: the entry 'x' is not known.",
                "funnels/f.yaml:4: '5' is no date.",
                "funnels/f.yaml:5: 'limit' is a whole number from 1 to 100000.",
                "funnels/f.yaml:6: There is no step 9 that values could come from.",
            ],
            Problems(
                Minimal,
                ("funnels/f.yaml", $"{TwoSteps}windw: 1d\nentry: x\nfrom: 5\nlimit: -1\nattribution: step:9\n")
            )
        );

    [Theory]
    [InlineData("order: opne\nexclude: [b]\nhold: [x]", "the order 'opne' is not known.")]
    [InlineData("semantics: x\nmodes: [strict_once]", "the semantics 'x' is not known.")]
    [InlineData("window: x\nsemantics: window_funnel", "'x' is no duration.")]
    public void One_mistake_is_one_message(string lines, string expected) =>
        Assert.Equal([$"funnels/f.yaml:2: {expected}"], Problems(Minimal, ("funnels/f.yaml", $"{TwoSteps}{lines}\n")));

    private static FunnelDefinition Read(string yaml) => Load(Minimal, ("funnels/f.yaml", yaml)).Definition.Funnel("f");
}
