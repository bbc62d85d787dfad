using System.CommandLine;
using Sluice.Cli.Funnels;
using Sluice.Cli.Output;
using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Questions;

namespace Sluice.Tests.Cli.Funnels;

public sealed class FunnelCommandLineTests
{
    [Fact]
    public void A_name_is_enough()
    {
        var request = Parse("checkout")!;

        Assert.Equal(("checkout", FunnelSubject.Answer), (request.Name, request.Subject));
        Assert.Equal((FunnelFormat.Table, FunnelEngine.Auto), (request.Format, request.Options.Engine));
        Assert.Equal(new(), request.Options);
        Assert.Null(request.Arguments.Window);
        Assert.Empty(request.Arguments.By);
    }

    [Fact]
    public void Without_anything_the_list_is_meant() => Assert.Null(Parse(""));

    [Fact]
    public void Every_key_of_the_notation_is_an_option()
    {
        var arguments = Parse(
            "--steps a,b --window 7d --order strict --semantics sluice --modes m1,m2 --exclude x --exclude y:1:2 --unit session "
                + "--entry first --hold p --by sex --by month --attribution step:2 --from 2015-01-01 --to 2015-02-01 "
                + "--late-steps false --limit 3 --min-sample 7"
        )!.Arguments;

        Assert.Equal(
            ("a,b", "7d", "strict", "sluice"),
            (arguments.Steps, arguments.Window, arguments.Order, arguments.Semantics)
        );
        Assert.Equal(["m1,m2"], arguments.Modes);
        Assert.Equal(["x", "y:1:2"], arguments.Exclude);
        Assert.Equal(("session", "first", "step:2"), (arguments.Unit, arguments.Entry, arguments.Attribution));
        Assert.Equal(["p"], arguments.Hold);
        Assert.Equal(["sex", "month"], arguments.By);
        Assert.Equal(("2015-01-01", "2015-02-01"), (arguments.From, arguments.To));
        Assert.Equal(("false", "3", "7"), (arguments.LateSteps, arguments.Limit, arguments.MinSample));
    }

    [Theory]
    [InlineData("day", DatePeriod.Day)]
    [InlineData("week", DatePeriod.Week)]
    [InlineData("month", DatePeriod.Month)]
    [InlineData("quarter", DatePeriod.Quarter)]
    [InlineData("year", DatePeriod.Year)]
    public void A_trend_has_periods(string word, DatePeriod period) =>
        Assert.Equal(period, Parse($"f --trend {word}")!.Options.Trend);

    [Fact]
    public void What_is_shown_can_be_chosen()
    {
        var request = Parse("f --compare --bins 12 --format html --engine reference --as-of 7")!;

        Assert.Equal(
            (null, true, 12),
            (request.Options.Trend, request.Options.CompareBefore, request.Options.Bins!.Value)
        );
        Assert.Equal(
            (FunnelFormat.Html, FunnelEngine.Reference, "7"),
            (request.Format, request.Options.Engine, request.AsOf)
        );
    }

    [Fact]
    public void Columns_of_a_file_can_be_named()
    {
        Assert.Null(Parse("f --events e")!.Columns);
        Assert.Equal(
            new EventTable { User = "uid", Time = "ts" },
            Parse("f --events e --columns user_id=uid --columns time=ts")!.Columns
        );
        Assert.Equal(
            new EventTable
            {
                Event = "a=b",
                Time = "time",
                Session = "s",
                Properties = "p",
            },
            Parse("f --events e --columns event=a=b,session_id=s,properties=p")!.Columns
        );
    }

    [Theory]
    [InlineData("f --users 2 --dropped", FunnelSubject.Users)]
    [InlineData("f --why 4711", FunnelSubject.Why)]
    [InlineData("f --explain", FunnelSubject.Explain)]
    [InlineData("--definition f.yaml --events e.csv", FunnelSubject.Answer)]
    public void One_thing_is_asked(string line, object subject) => Assert.Equal(subject, Parse(line)!.Subject);

    [Theory]
    [InlineData("--by sex", "Which funnel is meant?")]
    [InlineData("--events e.csv", "Which funnel is meant?")]
    [InlineData("f --steps a,b", "NAME and --steps each name a funnel, and only one can be asked.")]
    [InlineData("f --definition d", "NAME and --definition each name a funnel, and only one can be asked.")]
    [InlineData(
        "f --steps a,b --definition d",
        "NAME, --steps and --definition each name a funnel, and only one can be asked."
    )]
    [InlineData("f --users 2 --why u", "--users and --why each ask for something else.")]
    [InlineData("f --explain --format json", "--explain is written as text only.")]
    [InlineData("f --why u --explain", "--why and --explain each ask for something else.")]
    [InlineData("f --users 2 --trend day", "--trend belongs to the counts, which --users does not show.")]
    [InlineData("f --dropped", "--dropped lists the users lost at a step, and no step is named.")]
    [InlineData("f --events e --as-of 7", "--as-of names a build, and --events reads a file.")]
    [InlineData("f --timezone UTC", "--timezone tells how a file is read, and no --events names one.")]
    [InlineData(
        "f --columns time=ts --timezone UTC",
        "--columns and --timezone tell how a file is read, and no --events names one."
    )]
    [InlineData("f --events e --columns ts", "'ts' in --columns names no column.")]
    [InlineData("f --events e --columns time=", "'time=' in --columns names no column.")]
    [InlineData("f --events e --columns user=x", "--columns says what a column means, and 'user' is no meaning.")]
    [InlineData("f --events e --columns time=a,time=b", "--columns names two columns for time: 'a' and 'b'.")]
    [InlineData("f --bins 3 --format csv", "--bins makes a histogram, and csv has no place for it.")]
    [InlineData("f --bins 0", "--bins is a whole number from 1 to 10000.")]
    public void What_does_not_go_together_is_refused(string line, string problem) =>
        Assert.Equal(problem, Assert.Throws<DefinitionException>(() => Parse(line)).Problem);

    [Fact]
    public void All_that_does_not_go_together_is_named_at_once() =>
        Assert.Equal(
            4,
            Assert
                .Throws<DefinitionException>(() => Parse("--dropped --bins 0"))
                .Problem.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Length - 2
        );

    private static FunnelRequest? Parse(string line)
    {
        var (command, options) = (new Command("funnel"), new FunnelCommandLine());
        options.AddTo(command);
        var parsed = command.Parse(line);
        Assert.Empty(parsed.Errors);
        return options.Parse(parsed);
    }
}
