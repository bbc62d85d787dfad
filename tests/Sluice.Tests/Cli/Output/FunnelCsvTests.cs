using Sluice.Cli.Output;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Tests.Core.Reports;

namespace Sluice.Tests.Cli.Output;

public sealed class FunnelCsvTests
{
    [Fact]
    public void The_rows_of_an_answer_with_everything() =>
        Golden.Match("reports/checkout.csv", Csv(SampleAnswers.Full));

    [Fact]
    public void Without_breakdown_the_total_is_the_only_part() =>
        Assert.Equal(
            ["1,a,0,,0,0", "2,b,0,0,0,0"],
            Csv(SampleAnswers.Empty)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(line => string.Join(',', line.Split(',').Take(6)))
        );

    [Fact]
    public void A_property_that_is_called_like_a_figure_has_another_heading()
    {
        var answer = SampleAnswers.Full with
        {
            Funnel = SampleAnswers.Full.Funnel with { By = [Breakdown.By("name"), new(BreakdownOf.User, "count")] },
        };
        Assert.StartsWith("by.name,user.count,step,name,count,", Csv(answer), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_number_is_empty()
    {
        var csv = Csv(SampleAnswers.WithoutNumbers);
        Assert.DoesNotContain("NaN", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", csv, StringComparison.Ordinal);
    }

    private static string Csv(FunnelAnswer answer)
    {
        using var output = new StringWriter();
        FunnelCsv.Write(answer, output);
        return output.ToString();
    }
}
