namespace Sluice.IntegrationTests.Demo;

/// <summary><c>sluice demo</c> with its sample of the default size.</summary>
public sealed class DemoTests(DemoTests.Made demo) : IClassFixture<DemoTests.Made>
{
    private static readonly string[] Funnels = ["step6_visits", "payment_to_confirmation", "search_to_payment"];

    public static TheoryData<string> FunnelNames => [.. Funnels];

    [Theory]
    [MemberData(nameof(FunnelNames))]
    public void Funnels_as_json_count_what_the_original_shop_counted(string funnel) =>
        ExpectedTable.AssertSame(ExpectedTable.OfCells(funnel), demo.Project.Answer(funnel));

    [Theory]
    [MemberData(nameof(FunnelNames))]
    public void Funnels_as_csv_count_what_the_original_shop_counted(string funnel) =>
        ExpectedTable.AssertSame(ExpectedTable.OfCells(funnel), demo.Project.CsvAnswer(funnel));

    [Theory]
    [MemberData(nameof(FunnelNames))]
    public void The_star_schema_counts_what_the_original_shop_counted(string funnel)
    {
        var (from, byMonth) = funnel == "search_to_payment" ? (4, true) : (5, funnel == "step6_visits");
        foreach (
            var sql in new[]
            {
                StarSchemaQueries.OfVisits(from, from + 1, byMonth),
                StarSchemaQueries.OfSteps(from, from + 1, byMonth),
            }
        )
        {
            ExpectedTable.AssertSame(ExpectedTable.OfCells(funnel), demo.Project.Segments(sql));
        }
    }

    [Fact]
    public void No_fact_is_lost_to_an_inner_join_with_its_dimensions() =>
        Assert.Equal(
            ["0,0,0"],
            demo.Project.Query(
                """
                select
                    (select count(*) from fact_page_visit)
                    - (
                        select count(*)
                        from fact_page_visit
                        inner join dim_user_current using (user_key)
                        inner join dim_date using (date_key)
                        inner join dim_page using (page_key)
                        inner join dim_product using (product_key)
                        inner join dim_channel using (channel_key)
                        inner join dim_device using (device_key)
                    ),
                    (select count(*) from fact_session)
                    - (
                        select count(*)
                        from fact_session
                        inner join dim_user_current using (user_key)
                        inner join dim_date using (date_key)
                        inner join dim_page as entries on entries.page_key = entry_page_key
                        inner join dim_page as exits on exits.page_key = exit_page_key
                        inner join dim_channel using (channel_key)
                        inner join dim_device using (device_key)
                    ),
                    (select count(*) from fact_page_visit) - (select sum(pages) from fact_session)
                """
            )
        );

    [Fact]
    public void Three_tables_and_the_next_steps_are_printed()
    {
        string[] wanted =
        [
            "Page visits of step 6 by sex, channel and month",
            "Drop-off from step 5 to step 6 by sex and channel",
            "Drop-off from step 4 to step 5 by sex, channel and month",
            "dotnet pack src/Sluice.Cli",
            "dotnet tool install --global Sluice",
            "sluice funnel checkout",
            "sluice query \"select",
            "sluice tables",
            "sluice run --date 2015-05-01",
            "build 1 of 2015-05-01",
        ];

        Assert.All(wanted, text => Assert.Contains(text, demo.First.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Redirected_output_is_plain_lines()
    {
        Assert.DoesNotContain('\u001b', demo.First.Output);
        Assert.DoesNotContain('\r', demo.First.Output);
        Assert.Contains(demo.First.Lines, line => line.Contains("load_users") && line.Contains("90,400 rows"));
        Assert.Empty(demo.First.Error);
    }

    [Fact]
    public void A_segment_of_the_printed_tables_has_the_counts_of_the_original_shop()
    {
        var line = Assert.Single(
            demo.First.Lines,
            line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["Male", "search", "1,170", "91", ..]
        );

        Assert.Contains("92.2 %", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_demo_in_the_folder_goes_on_from_what_is_there()
    {
        using var project = new SluiceProject();
        string[] arguments = ["demo", "--path", "here", "--users", "300"];
        project.Run(arguments).Done();
        var again = project.Run(arguments).Done();

        Assert.Contains("as it is", again.Output, StringComparison.Ordinal);
        Assert.Contains(again.Lines, line => line.Contains("load_users") && line.Contains("done before"));
        Assert.Contains("Drop-off from step 5 to step 6", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_something_else_in_it_is_refused_and_left_alone()
    {
        using var project = new SluiceProject();
        project.Write("letter.txt", "Dear Anna");

        project.Run("demo", "--path", ".").Fails(2, "is not empty and holds no demo", "--path");

        Assert.Equal(["letter.txt"], Directory.EnumerateFileSystemEntries(project.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1000000001")]
    [InlineData("many")]
    public void A_shop_of_an_impossible_size_is_refused(string users)
    {
        using var project = new SluiceProject();
        project.Run("demo", "--users", users).Fails(2, "--users");
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Folder));
    }

    public sealed class Made : IDisposable
    {
        public Made()
        {
            Parent = new SluiceProject();
            First = Parent.Run("demo", "--path", "demo", "--users", "90400").Done();
            Project = new SluiceProject(Path.Combine(Parent.Folder, "demo"));
        }

        internal SluiceProject Project { get; }

        internal CliResult First { get; }

        private SluiceProject Parent { get; }

        public void Dispose()
        {
            Project.Dispose();
            Parent.Dispose();
        }
    }
}
