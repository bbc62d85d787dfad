using Sluice.Core.Funnels;
using static Sluice.Tests.Project.WrittenProject;

namespace Sluice.Tests.Project.Funnels;

public sealed class FunnelReaderTests
{
    [Fact]
    public void Two_steps_are_enough()
    {
        var funnel = Read("steps: [step4, step5]\n");

        Assert.Equal(("f", "fact_page_visit", FunnelOrder.Ordered), (funnel.Name, funnel.EventTable, funnel.Order));
        Assert.Equal(["step4", "step5"], funnel.Steps.Select(step => step.Name));
        Assert.Equal((null, null, null, null), (funnel.Window, funnel.Unit, funnel.From, funnel.To));
        Assert.Equal((true, 25), (funnel.LateSteps, funnel.Limit));
        Assert.Empty(funnel.By);
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
              - {event: step5, name: Payment}
              - {event: [step6, "thanks*"]}
            window: 1h30m
            order: ordered
            semantics: sluice
            unit: session
            entry: latest
            by: [sex, user.channel, {month_of_year: user.date}]
            from: 2015-01-01
            to: 2015-05-01
            late_steps: false
            limit: 3
            """
        );

        Assert.Equal(("Words", "visits", "session"), (funnel.Description, funnel.EventTable, funnel.Unit));
        Assert.Equal(["step4", "Payment", "step6 or thanks*"], funnel.Steps.Select(step => step.Name));
        Assert.Equal(["step6", "thanks*"], funnel.Steps[2].Events);
        Assert.Equal(TimeSpan.FromMinutes(90), funnel.Window);
        Assert.Equal([new("sex"), new("channel"), new("date", DatePeriod.MonthOfYear)], funnel.By);
        Assert.Equal((new(2015, 1, 1), new(2015, 5, 1)), (funnel.From!.Value, funnel.To!.Value));
        Assert.Equal((false, 3), (funnel.LateSteps, funnel.Limit));
    }

    [Fact]
    public void Each_step_may_have_a_table_of_its_own()
    {
        var funnel = Read("events: {a: a_fact, b: b_fact}\nsteps: [a, b]\norder: open\n");

        Assert.Null(funnel.EventTable);
        Assert.Equal(["a=a_fact", "b=b_fact"], funnel.StepTables.Select(step => $"{step.Key}={step.Value}").Order());
        Assert.Equal(FunnelOrder.Open, funnel.Order);
    }

    [Fact]
    public void No_window_may_be_written_out() => Assert.Null(Read("steps: [a, b]\nwindow: none\n").Window);

    [Theory]
    [InlineData("steps: [a]\n", "1: a funnel has two steps or more.\n    Write for example: steps: [step4, step5]")]
    [InlineData("name: f\n", "1: a funnel has two steps or more.\n    Write for example: steps: [step4, step5]")]
    [InlineData("\nsteps: [a, '']\n", "2: a step is empty.")]
    [InlineData(
        "steps:\n  - a\n  - {name: B}\n",
        "3: a step names its event.\n    Write for example: {event: step5, name: Payment}"
    )]
    [InlineData(
        "steps:\n  - a\n  - {evnt: b, event: b}\n",
        "3: the key 'evnt' is not known here.\n    Did you mean 'event'?"
    )]
    [InlineData("steps: [a, b]\nwindw: 1d\n", "2: the key 'windw' is not known here.\n    Did you mean 'window'?")]
    [InlineData(
        "steps: [a, b]\nwindow: 14\n",
        "2: '14' is no duration.\n    Write for example 14d, 36h, 90m, 30s or 1h30m; or none."
    )]
    [InlineData("steps: [a, b]\nfrom: 2015-1-1\n", "2: '2015-1-1' is no date.\n    Write it as 2015-01-31.")]
    [InlineData("steps: [a, b]\nto: 2015-02-30\n", "2: '2015-02-30' is no date.\n    Write it as 2015-01-31.")]
    [InlineData("steps: [a, b]\nlate_steps: yes\n", "2: 'late_steps' is true or false.")]
    [InlineData("steps: [a, b]\nlimit: 0\n", "2: 'limit' is a whole number from 1 to 100000.")]
    [InlineData(
        "steps: [a, b]\nby: [{fortnight: user.date}]\n",
        "2: There is no period 'fortnight'.\n    There are: day, day_of_week, month, month_of_year, quarter, week, year."
    )]
    [InlineData(
        "events: {a: a_fact}\nsteps: [a, ab]\n",
        "2: the event 'ab' has no table under 'events'.\n    Did you mean 'a'?"
    )]
    [InlineData("events:\n  a: a_fact\n  b:\nsteps: [a, b]\n", "3: 'b' is missing.")]
    public void What_is_wrong_is_named_with_its_line(string yaml, string expected) =>
        Assert.Equal($"funnels/f.yaml:{expected}", Problem(Minimal, ("funnels/f.yaml", yaml)));

    [Theory]
    [InlineData("exclude: [{event: refund, after: 1, before: 2}]", "'exclude' is not supported by this version.")]
    [InlineData("hold: [product]", "'hold' is not supported by this version.")]
    [InlineData("attribution: first_touch", "'attribution' is not supported by this version.")]
    [InlineData("modes: [strict_order]", "'modes' is not supported by this version.")]
    [InlineData("semantics: window_funnel", "the semantics 'window_funnel' are not supported by this version.")]
    [InlineData("entry: every", "the entry 'every' is not supported by this version.")]
    [InlineData("order: strict", "the order 'strict' is not supported by this version.")]
    [InlineData("order: unordered", "the order 'unordered' is not supported by this version.")]
    [InlineData("by: [month]", "A breakdown by the month of the entry is not supported by this version.")]
    public void What_is_still_to_come_is_refused_by_name(string line, string expected) =>
        Assert.Equal(
            [$"funnels/f.yaml:2: {expected}"],
            Problems(Minimal, ("funnels/f.yaml", $"steps: [a, b]\n{line}\n"))
        );

    [Theory]
    [InlineData("where: amount > 0", "where")]
    [InlineData("optional: true", "optional")]
    public void What_is_still_to_come_in_a_step_is_refused_by_name(string pair, string key) =>
        Assert.Equal(
            [$"funnels/f.yaml:2: '{key}' is not supported by this version."],
            Problems(Minimal, ("funnels/f.yaml", $"steps:\n  - {{event: a, {pair}}}\n  - b\n"))
        );

    private static FunnelDefinition Read(string yaml) => Load(Minimal, ("funnels/f.yaml", yaml)).Definition.Funnel("f");
}
