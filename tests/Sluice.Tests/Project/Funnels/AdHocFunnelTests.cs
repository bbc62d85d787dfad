using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Project.Funnels;

namespace Sluice.Tests.Project.Funnels;

public sealed class AdHocFunnelTests
{
    private static readonly FunnelDefinition Saved = new()
    {
        Name = "saved",
        EventTable = "visits",
        Steps = [FunnelStep.Of("a"), FunnelStep.Of("b"), FunnelStep.Of("c")],
        Window = TimeSpan.FromDays(1),
        Exclude = [new(EventSelector.Of("x"), 1, 3)],
        Hold = ["product"],
        By = [Breakdown.By("sex")],
        From = new(2015, 1, 1),
        To = new(2015, 2, 1),
    };

    [Fact]
    public void Steps_are_enough()
    {
        var funnel = AdHocFunnel.Create(new() { Steps = "a, b|c ,d*?" });

        Assert.Equal(("ad hoc", "fact_page_visit"), (funnel.Name, funnel.EventTable));
        Assert.Equal(["a", "b or c", "d*"], funnel.Steps.Select(step => step.Name));
        Assert.Equal(["b", "c"], funnel.Steps[1].Events.Names);
        Assert.Equal([false, false, true], funnel.Steps.Select(step => step.Optional));
        Assert.Equal((25, 30, true), (funnel.Limit, funnel.MinSample, funnel.LateSteps));
    }

    [Fact]
    public void Every_argument_is_read()
    {
        var funnel = AdHocFunnel.Create(
            new()
            {
                Steps = "a,b,c",
                Window = "7d",
                Order = "strict",
                Semantics = "sluice",
                Exclude = ["x,y:1:2", "z|w:2:"],
                Unit = "session",
                Entry = "every",
                Hold = ["product,shop", "size"],
                By = ["sex,month:user.date", "week"],
                Attribution = "step:2",
                From = "2015-01-01",
                To = "2015-02-01",
                LateSteps = "false",
                Limit = "3",
                MinSample = "7",
            }
        );

        Assert.Equal((TimeSpan.FromDays(7), FunnelOrder.Strict), (funnel.Window, funnel.Order));
        Assert.Equal(
            ["x 1-3", "y 1-2", "z|w 2-3"],
            funnel.Exclude.Select(item => $"{string.Join('|', item.Events.Names)} {item.After}-{item.Before}")
        );
        Assert.Equal(("session", FunnelEntry.Every), (funnel.Unit, funnel.Entry));
        Assert.Equal(["product", "shop", "size"], funnel.Hold);
        Assert.Equal(["sex", "month", "week"], funnel.By.Select(breakdown => breakdown.Label));
        Assert.Equal(new(AttributionKind.Step, 2), funnel.Attribution);
        Assert.Equal((new(2015, 1, 1), new(2015, 2, 1)), (funnel.From!.Value, funnel.To!.Value));
        Assert.Equal((false, 3, 7), (funnel.LateSteps, funnel.Limit, funnel.MinSample));
    }

    [Fact]
    public void The_modes_of_clickhouse_are_read() =>
        Assert.Equal(
            WindowFunnelModes.StrictOrder | WindowFunnelModes.AllowReentry,
            AdHocFunnel
                .Create(
                    new()
                    {
                        Steps = "a,b",
                        Window = "1h",
                        Semantics = "window_funnel",
                        Modes = ["strict_order,allow_reentry"],
                    }
                )
                .Modes
        );

    [Fact]
    public void Two_hundred_steps_are_read() =>
        Assert.Equal(
            200,
            AdHocFunnel
                .Create(new() { Steps = string.Join(',', Enumerable.Range(1, 200).Select(step => $"s{step}")) })
                .Steps.Count
        );

    [Fact]
    public void Without_arguments_a_funnel_stays_as_it_is() =>
        Assert.Equal(FunnelHash.Of(Saved), FunnelHash.Of(AdHocFunnel.Change(Saved, new())));

    [Fact]
    public void What_is_given_stands_in_place_of_what_was_saved()
    {
        var funnel = AdHocFunnel.Change(
            Saved,
            new()
            {
                Window = "2d",
                By = ["channel"],
                Exclude = ["y:2:3"],
            }
        );

        Assert.Equal(("saved", "visits", TimeSpan.FromDays(2)), (funnel.Name, funnel.EventTable, funnel.Window));
        Assert.Equal(["channel"], funnel.By.Select(breakdown => breakdown.Property));
        Assert.Equal(["y"], funnel.Exclude.SelectMany(item => item.Events.Names));
        Assert.Equal(["product"], funnel.Hold);
    }

    [Fact]
    public void None_takes_away_what_was_saved()
    {
        var funnel = AdHocFunnel.Change(
            Saved,
            new()
            {
                Window = "none",
                By = ["none"],
                Exclude = ["none"],
                Hold = ["none"],
                From = "none",
                To = "none",
            }
        );

        Assert.Equal((null, null, null), (funnel.Window, funnel.From, funnel.To));
        Assert.Empty(funnel.By);
        Assert.Empty(funnel.Exclude);
        Assert.Empty(funnel.Hold);
    }

    [Theory]
    [InlineData("a", "--steps: A funnel has two steps or more.")]
    [InlineData("", "--steps: a step is empty.")]
    [InlineData("a,,b", "--steps: a step is empty.")]
    [InlineData("a,?", "--steps: a step is empty.")]
    [InlineData("a,b|", "--steps: a step is empty.")]
    [InlineData("a?,b", "--steps: The first step cannot be optional.")]
    public void What_is_wrong_in_steps_is_named(string steps, string expected) =>
        Assert.Equal([expected], Problems(() => AdHocFunnel.Create(new() { Steps = steps })));

    [Theory]
    [InlineData("refund:1", "--exclude: 'refund:1' says one step; an exclusion lies after one and before another.")]
    [InlineData("refund:", "--exclude: 'refund:' says one step; an exclusion lies after one and before another.")]
    [InlineData(":1:2", "--exclude: an exclusion is empty.")]
    [InlineData("", "--exclude: an exclusion is empty.")]
    [InlineData(
        "refund:3:2",
        "--exclude: The exclusion of 'refund' lies after step 3 and before step 2, which is no range inside the funnel."
    )]
    [InlineData("b", "--exclude: The exclusion of 'b' is also an event of step 2 (b), which lies in its range.")]
    public void What_is_wrong_in_an_exclusion_is_named(string exclude, string expected) =>
        Assert.Equal([expected], Problems(() => AdHocFunnel.Create(new() { Steps = "a,b,c", Exclude = [exclude] })));

    [Theory]
    [InlineData("app:refund", "app:refund 1-3")]
    [InlineData("app:refund:1:2", "app:refund 1-2")]
    [InlineData("refund::2", "refund 1-2")]
    [InlineData("refund::", "refund 1-3")]
    public void A_name_of_an_event_may_have_colons(string exclude, string expected)
    {
        var item = AdHocFunnel.Create(new() { Steps = "a,b,c", Exclude = [exclude] }).Exclude.Single();

        Assert.Equal(expected, $"{item.Events.Names.Single()} {item.After}-{item.Before}");
    }

    [Fact]
    public void All_problems_are_named_at_once_each_with_its_option() =>
        Assert.Equal(
            [
                "--window: '7' is no duration.",
                "--order: the order 'x' is not known.",
                "--semantics: the semantics 'x' is not known.",
                "--modes: the mode 'x' is not known.",
                "--unit: a name is empty.",
                "--entry: the entry 'x' is not known.",
                "--hold: a name is empty.",
                "--by: There is no period 'x'.",
                "--attribution: the attribution 'x' is not known.",
                "--from: 'x' is no date.",
                "--to: 'y' is no date.",
                "--late-steps: 'late_steps' is true or false.",
                "--limit: 'limit' is a whole number from 1 to 100000.",
                "--min-sample: 'min_sample' is a whole number from 1 to 2147483647.",
            ],
            Problems(() =>
                AdHocFunnel.Create(
                    new()
                    {
                        Steps = "a,b",
                        Window = "7",
                        Order = "x",
                        Semantics = "x",
                        Modes = ["x"],
                        Unit = "",
                        Entry = "x",
                        Hold = ["a,"],
                        By = ["x:date"],
                        Attribution = "x",
                        From = "x",
                        To = "y",
                        LateSteps = "x",
                        Limit = "x",
                        MinSample = "0",
                    }
                )
            )
        );

    [Fact]
    public void What_no_longer_fits_a_saved_funnel_is_told_with_the_way_out()
    {
        var wrong = Assert.Throws<DefinitionException>(() => AdHocFunnel.Change(Saved, new() { Order = "open" }));

        Assert.Equal(
            "funnel saved: An open funnel has no attempts, so 'window' has no meaning in it.\n"
                + "    Leave 'window' out, or use order: ordered. Here: --window none",
            wrong.Diagnostics.Single(problem => problem.Message.Contains("window", StringComparison.Ordinal)).ToString()
        );
        Assert.Equal(3, wrong.Diagnostics.Count);
    }

    [Fact]
    public void An_exclusion_needs_a_table_where_each_event_has_its_own() =>
        Assert.Equal(
            ["--exclude: the event 'y' has no table under 'events'."],
            Problems(() =>
                AdHocFunnel.Change(
                    Saved with
                    {
                        EventTable = null,
                        StepTables = new Dictionary<string, string>
                        {
                            ["a"] = "t",
                            ["b"] = "t",
                            ["c"] = "t",
                        },
                        Exclude = [],
                    },
                    new() { Exclude = ["y"] }
                )
            )
        );

    [Fact]
    public void A_comma_in_quotes_does_not_separate_names()
    {
        var funnel = AdHocFunnel.Create(
            new FunnelArguments
            {
                Steps = "a,b",
                By = ["sex, \"a,b\",event.\"c,\"\"d\"", "month:\"e,f\",g\"h"],
                Hold = ["\"i,j\",k"],
            }
        );

        Assert.Equal(["sex", "a,b", "c,\"d", "e,f", "g\"h"], funnel.By.Select(breakdown => breakdown.Property));
        Assert.Equal(["i,j", "k"], funnel.Hold);
    }

    [Fact]
    public void A_breakdown_that_is_there_twice_is_refused() =>
        Assert.Equal(
            ["--by: The breakdown by 'month:user.date' is there twice."],
            Problems(() =>
                AdHocFunnel.Create(
                    new FunnelArguments { Steps = "a,b", By = ["month:user.date,sex", "month:user.date"] }
                )
            )
        );

    private static IEnumerable<string> Problems(Action make) =>
        Assert
            .Throws<DefinitionException>(make)
            .Diagnostics.Select(problem => (problem with { Hint = null }).ToString());
}
