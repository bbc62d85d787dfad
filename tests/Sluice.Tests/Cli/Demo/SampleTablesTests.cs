using Sluice.Cli.Commands;
using Sluice.Cli.Demo;

namespace Sluice.Tests.Cli.Demo;

/// <summary>What the tables of users and steps of the default sample hold.</summary>
public sealed class SampleTablesTests(DefaultSample sample) : IClassFixture<DefaultSample>
{
    [Fact]
    public void Counts_per_cell_are_those_of_the_original_shop()
    {
        var rows = sample.File.Rows(
            """
            select
                sex, channel, cast(strftime('%m', date) as integer), device, count(step1.user_id),
                count(step2.user_id), count(step3.user_id), count(step4.user_id),
                count(step5.user_id), count(step6.user_id)
            from users
            left join step1 using (user_id) left join step2 using (user_id)
            left join step3 using (user_id) left join step4 using (user_id)
            left join step5 using (user_id) left join step6 using (user_id)
            group by 1, 2, 3, 4
            order by 1, 2, 3, 4
            """
        );

        var expected = EcommerceCells.All.Select(cell =>
            $"{cell.Sex},{cell.Channel},{cell.Month},{cell.Device}," + string.Join(',', cell.Counts)
        );
        Assert.Equal(expected, rows);
    }

    [Fact]
    public void Summary_counts_the_rows_of_every_table()
    {
        Assert.Equal(sample.File.Number("select count(*) from users"), sample.Summary.Users);
        Assert.Equal([90_400L, 81_360, 72_320, 45_200, 6_030, 452], sample.Summary.Steps);
        Assert.Equal(sample.File.Number("select count(*) from step3"), sample.Summary.Steps[2]);
        Assert.Equal(sample.File.Number("select count(*) from events"), sample.Summary.Events);
    }

    [Fact]
    public void The_user_of_the_help_is_one_that_came_through_the_checkout()
    {
        var example = Assert
            .IsType<ExampleCommand>(FunnelCommand.Create())
            .Examples.Single(example => example.Contains("--why", StringComparison.Ordinal));

        Assert.Equal(1, sample.File.Number($"select count(*) from step6 where user_id = {example.Split(' ')[^1]}"));
    }

    [Theory]
    [InlineData("step2", "users")]
    [InlineData("step3", "users")]
    [InlineData("step4", "users")]
    [InlineData("step5", "step4")]
    [InlineData("step6", "step5")]
    public void Users_of_a_step_are_among_those_it_is_drawn_from(string step, string from) =>
        Assert.Equal(
            0,
            sample.File.Number($"select count(*) from {step} where user_id not in (select user_id from {from})")
        );

    [Fact]
    public void Every_step_table_names_its_page() =>
        Assert.Equal(
            ["step1", "step2", "step3", "step4", "step5", "step6"],
            sample.File.Rows(
                """
                select page from step1 union select page from step2
                union select page from step3 union select page from step4
                union select page from step5 union select page from step6
                order by 1
                """
            )
        );

    [Fact]
    public void First_visits_cover_every_day_of_four_months() =>
        Assert.Equal(
            ["2015-01-01,2015-04-30,120,10"],
            sample.File.Rows("select min(date), max(date), count(distinct date), max(length(date)) from users")
        );

    [Fact]
    public void File_is_sound_and_in_the_default_journal_mode()
    {
        Assert.Equal(["ok"], sample.File.Rows("pragma integrity_check"));
        Assert.Equal(["delete"], sample.File.Rows("pragma journal_mode"));
        Assert.Equal(["shop.db"], sample.File.FileNames);
    }
}
