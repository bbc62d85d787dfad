namespace Sluice.IntegrationTests.Runs;

/// <summary>Days are kept beside each other, and every build stays what it was.</summary>
public sealed class TwoDaysTests
{
    private const string First = "2015-05-01";
    private const string Second = "2015-05-02";
    private const string Names = "select string_agg(name, ' ' order by name) from dim";

    [Fact]
    public void Both_days_are_partitions_of_the_raw_table()
    {
        using var project = Shop();
        Assert.Equal(
            ["2015-05-01,Anna", "2015-05-01,Berta", "2015-05-02,Berta", "2015-05-02,Carla"],
            project.Query("select ds, name from app.users order by all")
        );
        Assert.Equal(
            ["ds=2015-05-01", "ds=2015-05-02"],
            Directory
                .EnumerateDirectories(project.TableFolder("raw/app/users"), "ds=*")
                .Select(Path.GetFileName)
                .Order()
        );
    }

    [Theory]
    [InlineData(null, "Berta Carla")]
    [InlineData("1", "Anna Berta")]
    [InlineData("2", "Berta Carla")]
    [InlineData(First, "Anna Berta")]
    [InlineData(Second, "Berta Carla")]
    public void A_build_is_read_by_its_number_or_its_day(string? asOf, string names)
    {
        using var project = Shop();
        string[] options = asOf is null ? [] : ["--as-of", asOf];
        Assert.Equal(names, project.Run(["query", Names, "--format", "csv", .. options]).Done().Lines[1]);
    }

    [Fact]
    public void An_old_build_does_not_see_the_raw_rows_of_later_days()
    {
        using var project = Shop();
        Assert.Equal([First], project.Query("select distinct ds from app.users", asOf: "1"));
    }

    [Fact]
    public void An_older_day_is_recorded_and_not_current()
    {
        using var project = Shop();
        project.Sql("insert into users values (4, 'Dora')");

        var run = project.RunDay("2015-04-30");

        Assert.Contains("build 3 is recorded; a later day stays current", run.Output, StringComparison.Ordinal);
        Assert.Equal("Berta Carla", project.Value(Names));
        Assert.Equal("Berta Carla Dora", project.Value(Names, asOf: "3"));
        Assert.Equal("Berta Carla Dora", project.Value(Names, asOf: "2015-04-30"));
    }

    [Fact]
    public void An_older_day_can_be_promoted()
    {
        using var project = Shop();
        project.Sql("insert into users values (4, 'Dora')");

        project.RunDay("2015-04-30", "--promote");

        Assert.Equal("Berta Carla Dora", project.Value(Names));
        Assert.Contains("build 3 of 2015-04-30", project.Run("tables").Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recorded_day_can_be_promoted_later()
    {
        using var project = Shop();
        project.Sql("insert into users values (4, 'Dora')");
        project.RunDay("2015-04-30");

        project.Run("model", "--date", "2015-04-30", "--promote").Done();

        Assert.Equal("Berta Carla Dora", project.Value(Names));
    }

    [Fact]
    public void A_later_day_becomes_current_again_after_a_promotion()
    {
        using var project = Shop();
        project.RunDay("2015-04-30", "--promote");
        project.Sql("insert into users values (5, 'Emma')");
        project.RunDay("2015-05-03");
        Assert.Equal("Berta Carla Emma", project.Value(Names));
    }

    [Fact]
    public void Reextracting_the_first_day_leaves_the_second_as_it_was()
    {
        using var project = Shop();
        project.RunDay(First, "--reextract");
        Assert.Equal("Berta Carla", project.Value(Names));
        Assert.Equal("Berta Carla", project.Value(Names, asOf: First));
        Assert.Equal("Anna Berta", project.Value(Names, asOf: "1"));
        project.AssertWhole();
    }

    [Fact]
    public void A_model_without_its_extract_says_what_to_run()
    {
        using var project = Shop();
        project
            .Run("model", "--date", "2015-06-01")
            .Fails(1, "has no copy for 2015-06-01", "sluice extract --date 2015-06-01");
    }

    [Fact]
    public void An_extract_alone_publishes_nothing()
    {
        using var project = Shop();
        project.Run("extract", "users", "--date", "2015-05-03").Done();
        Assert.Equal("2", project.Value("select count(distinct ds) from app.users"));
        project.Run("model", "--date", "2015-05-03").Done();
        Assert.Equal("3", project.Value("select count(distinct ds) from app.users"));
    }

    // Two days, with a change of the source between them.
    private static SluiceProject Shop()
    {
        var project = SluiceProject.Of(
            "create table users (id integer primary key, name text); insert into users values (1, 'Anna'), (2, 'Berta')",
            "users:"
        );
        project.Write("models/dim.sql", "select id, name from {{ source('app', 'users') }}");
        project.RunDay(First);
        project.Sql("delete from users where id = 1; insert into users values (3, 'Carla')");
        project.RunDay(Second);
        return project;
    }
}
