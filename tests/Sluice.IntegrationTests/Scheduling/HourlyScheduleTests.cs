namespace Sluice.IntegrationTests.Scheduling;

/// <summary>Intervals that are no days, by the scheduler: loads, models, the index and a build for each.</summary>
public sealed class HourlyScheduleTests
{
    private const string Tasks = """
            tasks:
              load_visits: { extract: visits }
              load_users: { extract: users }
              people: { model: people, depends_on: [load_users] }
              seen: { model: seen, depends_on: [load_visits] }
              added: { model: added, depends_on: [load_visits] }
              journeys: { index: seen }
        """;

    [Fact]
    public void Each_hour_that_was_missed_is_loaded_built_and_published_in_its_turn()
    {
        using var project = Shop(
            $$"""
              hours:
                schedule: "@hourly"
                timezone: Europe/Berlin
                start_date: 2015-05-01T09:00:00
                end_date: 2015-05-01T11:00:00
                catchup: true
            {{Tasks}}
            """
        );
        using (var scheduler = RunningScheduler.Start(project))
        {
            // The clock of Berlin is two hours ahead of UTC then.
            scheduler.Until("hours 2015-05-01T07:00Z success");
            scheduler.Until("hours 2015-05-01T08:00Z success");
            scheduler.Until("hours 2015-05-01T09:00Z success");
            scheduler.Stop().Done();
        }

        Assert.Equal(3, Runs(project, "hours", "success"));
        Assert.Equal(["1,home", "2,pay"], Seen(project, "1"));
        Assert.Equal(["1,home", "2,pay", "3,home"], Seen(project, "2"));
        Assert.Equal(["1,home", "2,pay", "3,home", "4,pay", "5,home"], Seen(project, "3"));
        Assert.Equal(
            ["2015-05-01T07:00:00Z,2", "2015-05-01T08:00:00Z,3", "2015-05-01T09:00:00Z,5"],
            project.Query("select hour, visits from added order by hour")
        );
        // Each hour has its copy of both users.
        Assert.Equal(["2015-05-01,6"], project.Query("select ds, count(*) from app.users group by ds"));
        Assert.All(
            ["1", "2", "3"],
            build => Assert.Equal(Funnel(project, build, "sql"), Funnel(project, build, "index"))
        );
        Assert.NotEqual(Funnel(project, "2", "index"), Funnel(project, "3", "index"));
        project.AssertNothingStaged();
    }

    [Fact]
    public void A_week_is_an_interval_like_any_other()
    {
        using var project = Shop(
            $$"""
              weeks:
                schedule: "@weekly"
                timezone: Europe/Berlin
                start_date: 2015-04-26
                end_date: 2015-04-26
                catchup: true
            {{Tasks}}
            """
        );
        using (var scheduler = RunningScheduler.Start(project))
        {
            scheduler.Until("weeks 2015-04-25T22:00Z success");
            scheduler.Stop().Done();
        }

        Assert.Equal(1, Runs(project, "weeks", "success"));
        Assert.Equal(["1,home", "2,pay", "3,home", "4,pay", "5,home"], Seen(project, "1"));
        Assert.Equal(["2015-04-25T22:00:00Z,5"], project.Query("select hour, visits from added"));
        Assert.Equal(["2015-04-26"], project.Query("select distinct ds from app.users"));
        Assert.Equal(Funnel(project, "1", "sql"), Funnel(project, "1", "index"));
    }

    private static IReadOnlyList<string> Seen(SluiceProject project, string build) =>
        project.Query("select id, page from seen order by id", asOf: build);

    private static int Runs(SluiceProject project, string dag, string state) =>
        project
            .Run("runs", "list", dag, "--format", "csv")
            .Done()
            .Lines.Count(line => line.Contains($",{state},", StringComparison.Ordinal));

    private static string Funnel(SluiceProject project, string build, string engine) =>
        project
            .Run("funnel", "--steps", "home,pay", "--as-of", build, "--format", "csv", "--engine", engine)
            .Done()
            .Output;

    private static SluiceProject Shop(string dag)
    {
        var project = SluiceProject.Of(
            """
            create table visits (id integer primary key, user_id integer, page text, changed_at datetime not null);
            insert into visits values
              (1, 1, 'home', '2015-05-01 09:10:00'), (2, 1, 'pay', '2015-05-01 09:30:00'), (3, 2, 'home', '2015-05-01 10:30:00'),
              (4, 2, 'pay', '2015-05-01 11:00:00'), (5, 3, 'home', '2015-05-01 11:59:59'), (6, 3, 'pay', '2015-05-03 00:00:00');
            create table users (user_id integer primary key, plan text);
            insert into users values (1, 'a'), (2, 'b');
            """,
            "visits: { mode: incremental, cursor: changed_at, key: id }",
            "users: { key: user_id }"
        );
        project.Write(
            "sluice.yaml",
            $"""
            timezone: Europe/Berlin
            {File.ReadAllText(Path.Combine(project.Folder, "sluice.yaml"))}
            users: {"{ table: people, key: user_id }"}
            events:
              seen: {"{ event: page, time: seen_at, user: user_id }"}
            dags:
              funnel_pipeline: {"{ schedule: none }"}
              dimension_modeling: {"{ schedule: none }"}
            {dag}
            """
        );
        project.Write("models/people.sql", "select user_id, plan from {{ source('app', 'users') }}");
        project.Write(
            "models/seen.sql",
            "select id, user_id, page, changed_at as seen_at from {{ source('app', 'visits') }}"
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
