namespace Sluice.IntegrationTests.Journeys;

/// <summary><c>sluice run</c>, night after night: a day is a layer on the index, and every engine answers alike from it.</summary>
public sealed class NightlyIndexTests
{
    [Fact]
    public void A_night_is_a_layer_and_says_whom_it_wrote_anew()
    {
        using var project = Shop();
        var first = project.RunDay();
        Assert.EndsWith(" s", IndexLine(first), StringComparison.Ordinal);

        // Three more visits of user 7 and the first ones of user 400; the property of user 9, and that of a user without visits.
        project.Sql(
            """
            insert into visits select 10000 + i, 7, 'b', '2015-05-02 10:00:0' || i from (select 1 as i union select 2 union select 3);
            insert into visits values (20000, 400, 'a', '2015-05-02 11:00:00'), (20001, 400, 'b', '2015-05-02 12:00:00');
            update users set plan = 'new' where id in (9, 399);
            """
        );
        var second = project.RunDay("2015-05-02");

        Assert.EndsWith("written anew for 3 of 301 users", IndexLine(second), StringComparison.Ordinal);
        var question = new[] { "funnel", "--steps", "a,b", "--window", "2d", "--by", "plan", "--format", "csv" };
        var byIndex = project.Run([.. question, "--engine", "index"]).Done().Output;
        Assert.Contains("new,", byIndex, StringComparison.Ordinal);
        Assert.Equal(project.Run([.. question, "--engine", "sql"]).Done().Output, byIndex);
        Assert.Equal(project.Run([.. question, "--engine", "reference"]).Done().Output, byIndex);
    }

    [Fact]
    public void A_table_that_is_written_again_gets_its_index_anew_and_the_run_says_why()
    {
        using var project = Shop();
        project.RunDay();
        project.Sql("insert into visits values (20000, 7, 'b', '2015-05-02 10:00:00')");

        var second = project.RunDay("2015-05-02", "--full-refresh");

        Assert.EndsWith(
            "built anew: most of its files were written again",
            IndexLine(second),
            StringComparison.Ordinal
        );
    }

    private static string IndexLine(CliResult run) =>
        Assert.Single(run.Lines, line => line.Contains("  journeys_visits_seen ", StringComparison.Ordinal)).TrimEnd();

    // 300 of 400 users have ten visits each. The event table gets each day's new visits; the users' table is written again.
    private static SluiceProject Shop()
    {
        var project = SluiceProject.Of(
            """
            create table users (id integer primary key, plan text);
            with recursive n(i) as (select 0 union all select i + 1 from n where i < 399)
              insert into users select i, 'plan ' || (i % 3) from n;
            create table visits (id integer primary key, user_id integer, page text, seen text);
            with recursive n(i) as (select 0 union all select i + 1 from n where i < 2999)
              insert into visits select i, i % 300, case i / 300 % 2 when 0 then 'a' else 'b' end,
                datetime('2015-05-01', '+' || (i * 7 % 1440) || ' minutes') from n;
            """,
            "users: { key: id }",
            "visits: { key: id, columns: { seen: { type: timestamp } } }"
        );
        File.AppendAllText(
            Path.Combine(project.Folder, "sluice.yaml"),
            """

            users: { table: people, key: user_id }
            events:
              visits_seen: { event: page, time: seen, user: user_id }
            """
        );
        project.Write("models/people.sql", "select id as user_id, plan from {{ source('app', 'users') }}");
        project.Write(
            "models/visits_seen.sql",
            """
            {{ config(materialized='incremental', incremental_strategy='append') }}
            select id, user_id, page, seen from {{ source('app', 'visits') }}
            {% if is_incremental() %}where id > (select max(id) from {{ this }}){% endif %}
            """
        );
        return project;
    }
}
