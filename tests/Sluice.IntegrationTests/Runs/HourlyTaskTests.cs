namespace Sluice.IntegrationTests.Runs;

/// <summary>Intervals that are no days: hours and weeks, through loads, models and builds.</summary>
public sealed class HourlyTaskTests
{
    // The clock of Berlin is two hours ahead of UTC then.
    private const string Nine = "2015-05-01T09:00:00+02:00/2015-05-01T10:00:00+02:00";
    private const string Ten = "2015-05-01T10:00:00+02:00/2015-05-01T11:00:00+02:00";
    private const string Midnight = "2015-05-01T00:00:00+02:00/2015-05-01T01:00:00+02:00";
    private const string Week = "2015-04-27T00:00:00+02:00/2015-05-04T00:00:00+02:00";

    [Fact]
    public void Two_hours_of_one_day_both_end_in_the_lake_and_each_has_its_build()
    {
        using var project = Shop();
        RunAll(project, Nine);
        project.Sql("insert into visits values (3, 'pay', '2015-05-01 10:30:00'); insert into users values (2, 'b')");
        RunAll(project, Ten);

        Assert.Equal(["1,home", "2,search", "3,pay"], project.Query("select id, page from seen order by id"));
        Assert.Equal(["1,home", "2,search"], project.Query("select id, page from seen order by id", asOf: "1"));
        Assert.Equal(["2015-05-01,3"], project.Query("select ds, count(*) from app.visits group by ds"));
        Assert.Equal(["2015-05-01,3"], project.Query("select ds, count(*) from app.users group by ds"));
        // A snapshot is that of the hour.
        Assert.Equal(["2015-05-01,2015-05-01T08:00:00Z,2"], project.Query("select ds, hour, users from counted"));
        Assert.Equal(
            ["2015-05-01,2015-05-01T07:00:00Z,1"],
            project.Query("select ds, hour, users from counted", asOf: "1")
        );
        // What an hour adds stands beside what the hours before have added.
        Assert.Equal(
            ["2015-05-01T07:00:00Z,2", "2015-05-01T08:00:00Z,3"],
            project.Query("select hour, visits from added order by hour")
        );
    }

    [Fact]
    public void An_hour_that_runs_again_replaces_what_it_gave_and_nothing_else()
    {
        using var project = Shop();
        RunAll(project, Nine);
        project.Sql("insert into visits values (3, 'pay', '2015-05-01 10:30:00')");
        RunAll(project, Ten);
        project.Sql("update visits set page = 'paid' where id = 3; delete from users");

        Assert.Contains(
            "done before",
            Task(project, "funnel_pipeline", "load_visits", Ten).Output,
            StringComparison.Ordinal
        );
        Task(project, "funnel_pipeline", "load_visits", Ten, "--reextract");
        foreach (var task in ModelTasks)
        {
            Task(project, "dimension_modeling", task, Ten);
        }

        Assert.Equal(["1,home", "2,search", "3,paid"], project.Query("select id, page from seen order by id"));
        Assert.Equal(
            ["2015-05-01T07:00:00Z,2", "2015-05-01T08:00:00Z,3"],
            project.Query("select hour, visits from added order by hour")
        );
        Assert.Equal("2", project.Value("select count(*) from app.users"));
    }

    [Fact]
    public void The_logical_date_is_that_of_the_zone_and_a_week_is_an_interval_like_any_other()
    {
        using var project = Shop();
        RunAll(project, Midnight);
        Assert.Equal(["2015-05-01,2015-04-30T22:00:00Z,1"], project.Query("select ds, hour, users from counted"));

        RunAll(project, Week);
        // It began before the hour: it is recorded, and the hour stays current.
        Assert.Equal("1", project.Value("select count(distinct hour) from counted where ds = '2015-05-01'"));
        Assert.Equal(
            ["2015-04-27,2015-04-26T22:00:00Z,1"],
            project.Query("select ds, hour, users from counted", asOf: "2")
        );
        Assert.Equal(
            ["2015-04-27", "2015-05-01"],
            project.Query("select distinct ds from app.users order by ds", asOf: "2")
        );
    }

    [Fact]
    public void A_model_without_the_hours_copy_says_which_hour()
    {
        using var project = Shop();

        project
            .Run("tasks", "run", "dimension_modeling", "start_dimension_modeling", "--interval", Nine)
            .Fails(
                1,
                "has no copy for 2015-05-01T07:00:00Z/2015-05-01T08:00:00Z",
                "sluice tasks run DAG TASK --interval"
            );
    }

    private static readonly string[] ModelTasks =
    [
        "start_dimension_modeling",
        "added",
        "counted",
        "seen",
        "publish_build",
    ];

    private static void RunAll(SluiceProject project, string interval)
    {
        Task(project, "funnel_pipeline", "load_visits", interval);
        Task(project, "funnel_pipeline", "load_users", interval);
        foreach (var task in ModelTasks)
        {
            Task(project, "dimension_modeling", task, interval);
        }
    }

    private static CliResult Task(
        SluiceProject project,
        string dag,
        string task,
        string interval,
        params string[] more
    ) => project.Run(["tasks", "run", dag, task, "--interval", interval, .. more]).Done();

    private static SluiceProject Shop()
    {
        var project = SluiceProject.Of(
            """
            create table visits (id integer primary key, page text, changed_at datetime not null);
            insert into visits values (1, 'home', '2015-05-01 09:10:00'), (2, 'search', '2015-05-01 09:30:00');
            create table users (user_id integer primary key, name text);
            insert into users values (1, 'a');
            """,
            "visits: {mode: incremental, cursor: changed_at, key: id}",
            "users: {key: user_id}"
        );
        project.Write(
            "sluice.yaml",
            "timezone: Europe/Berlin\n" + File.ReadAllText(Path.Combine(project.Folder, "sluice.yaml"))
        );
        project.Write("models/seen.sql", "select id, page from {{ source('app', 'visits') }}");
        project.Write(
            "models/counted.sql",
            """
            select '{{ var("ds") }}' as ds, '{{ var("data_interval_start") }}' as hour, count(*) as users
            from {{ source('app', 'users') }}
            """
        );
        project.Write(
            "models/added.sql",
            """
            {{ config(materialized='incremental') }}
            select '{{ var("data_interval_start") }}' as hour, count(*) as visits from {{ source('app', 'visits') }}
            """
        );
        return project;
    }
}
