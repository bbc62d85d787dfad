using Sluice.Cli.Output;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Tests.Core.Reports;
using Spectre.Console;

namespace Sluice.Tests.Cli.Output;

public sealed class FunnelTableTests
{
    [Theory]
    [InlineData(160)]
    [InlineData(80)]
    [InlineData(44)]
    public void The_table_of_an_answer_with_everything(int width) =>
        Golden.Match($"reports/checkout.{width}.txt", Table(SampleAnswers.Full, width));

    [Theory]
    [InlineData(160)]
    [InlineData(80)]
    [InlineData(44)]
    public void The_table_without_breakdown(int width) =>
        Golden.Match($"reports/checkout.steps.{width}.txt", Table(WithoutBreakdown, width));

    [Theory]
    [InlineData(80)]
    [InlineData(44)]
    public void The_table_with_the_times(int width) =>
        Golden.Match(
            $"reports/checkout.times.{width}.txt",
            Table(WithoutBreakdown with { Trend = [], Before = null }, width, showsTimes: true)
        );

    [Fact]
    public void Edges_of_narrow_bins_are_told_exactly()
    {
        var table = Table(
            WithoutBreakdown with
            {
                Total = WithoutBreakdown.Total with
                {
                    Histogram = new([0, 1_500_000, 200_000_000_000, 200_060_000_000], [1, 0, 2]),
                },
            },
            160,
            showsTimes: true
        );

        Assert.All(
            ["0s", "1.5s", "2d7h33m20s", "2d7h34m20s"],
            edge => Assert.Contains($" {edge} ", table, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Times_that_nobody_has_are_said_to_be_none() =>
        Assert.Contains(
            "times: none are known from the first step to the last",
            Table(SampleAnswers.Empty, 80, showsTimes: true),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_table_of_an_answer_without_anything() =>
        Golden.Match("reports/empty.txt", Table(SampleAnswers.Empty, 80));

    [Theory]
    [InlineData(160)]
    [InlineData(80)]
    [InlineData(60)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        Assert.All(Lines(SampleAnswers.Full), line => Assert.InRange(line.GetCellWidth(), 0, width));
        Assert.All(Lines(WithoutBreakdown), line => Assert.InRange(line.GetCellWidth(), 0, width));

        string[] Lines(FunnelAnswer answer) => Table(answer, width).Split('\n');
    }

    [Fact]
    public void A_long_name_is_cut_and_hides_no_figure()
    {
        var table = Table(
            SampleAnswers.Named(new string('x', 5_000)) with
            {
                Funnel = Long(WithoutBreakdown.Funnel),
            },
            80
        );
        Assert.Contains("xxx…", table, StringComparison.Ordinal);
        Assert.Contains("12.2 %", table, StringComparison.Ordinal);

        static FunnelDefinition Long(FunnelDefinition funnel) =>
            funnel with
            {
                Steps = [.. funnel.Steps.Select(step => step with { Name = new string('x', 5_000) })],
            };
    }

    [Fact]
    public void A_hostile_name_cannot_move_the_cursor()
    {
        var table = Table(SampleAnswers.Named("\u001b[2J\u001b[31mx\r\n\u0007\u202E[red]"), 160);
        Assert.DoesNotContain(table, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain('\u202E', table);
        Assert.Contains("[red]", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_wide_characters_stay_below_each_other()
    {
        var lines = Table(
                WithoutBreakdown with
                {
                    Funnel = WithoutBreakdown.Funnel with
                    {
                        Steps = [.. "検索 支払い x 確認".Split(' ').Select(FunnelStep.Of)],
                    },
                },
                160
            )
            .Split('\n')
            .Where(line => line.Contains('█'))
            .Select(line => line[..line.IndexOf('█')].GetCellWidth());
        Assert.Single(lines.Take(4).Distinct());
    }

    [Fact]
    public void A_dash_among_the_intervals_is_explained_once()
    {
        const string Note = "95 %: – where it is a share of fewer than 30 (--min-sample)";
        var some = WithoutBreakdown with { Trend = [WithoutBreakdown.Trend[0], Few(WithoutBreakdown.Trend[1])] };

        Assert.Single(Table(some, 160).Split('\n'), line => line.Contains(Note, StringComparison.Ordinal));
        Assert.DoesNotContain(
            "95 %: –",
            Table(WithoutBreakdown with { Trend = [WithoutBreakdown.Trend[0]] }, 160),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "95 %: –",
            Table(WithoutBreakdown with { Trend = [Few(WithoutBreakdown.Trend[1])] }, 160),
            StringComparison.Ordinal
        );

        static FunnelPeriod Few(FunnelPeriod period) =>
            period with
            {
                Steps = period.Steps with
                {
                    Steps =
                    [
                        .. period.Steps.Steps.Select(step =>
                            step with
                            {
                                ConversionInterval = null,
                                ConversionFromFirstInterval = null,
                            }
                        ),
                    ],
                },
            };
    }

    [Fact]
    public void What_is_no_number_is_a_dash()
    {
        var table = Table(SampleAnswers.WithoutNumbers, 160);
        Assert.DoesNotContain("NaN", table, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", table, StringComparison.Ordinal);
    }

    private static FunnelAnswer WithoutBreakdown { get; } =
        SampleAnswers.Full with
        {
            Funnel = SampleAnswers.Full.Funnel with { By = [] },
            Segments = [],
            Other = null,
            OtherSegments = 0,
        };

    private static string Table(FunnelAnswer answer, int width, bool showsTimes = false)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) }
        );
        console.Profile.Width = width;
        FunnelTable.Write(answer, console, showsTimes);
        return output.ToString();
    }
}
