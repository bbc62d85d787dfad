using System.Text.Json;

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

        project.Sql(SecondDay);
        var second = project.RunDay("2015-05-02");

        Assert.EndsWith("written anew for 3 of 301 users", IndexLine(second), StringComparison.Ordinal);
        Assert.Contains("new,", Answer(project, "index"), StringComparison.Ordinal);
        Assert.Equal(Answer(project, "sql"), Answer(project, "index"));
        Assert.Equal(Answer(project, "reference"), Answer(project, "index"));
    }

    [Fact]
    public void A_night_that_is_killed_while_it_writes_the_layer_is_done_by_the_next_run()
    {
        using var ready = Shop();
        ready.RunDay();
        ready.Sql(SecondDay);
        var killed = 0;
        // The layer takes some tens of milliseconds, and more on a busy machine.
        for (var milliseconds = 0; milliseconds < 200; milliseconds += 25)
        {
            using var project = ready.Copy();
            using var process = Cli.Start(project.Folder, "run", "--date", "2015-05-02");
            while (
                process.StandardOutput.ReadLine() is { } line && !line.Contains("  people ", StringComparison.Ordinal)
            ) { }

            process.WaitForExit(milliseconds);
            process.Kill();
            process.WaitForExit();
            killed += Directory.GetDirectories(Path.Combine(project.State, "journeys")).Length == 1 ? 1 : 0;

            project.RunDay("2015-05-02");
            Assert.Equal(Answer(project, "sql"), Answer(project, "index"));
            project.AssertNothingStaged();
        }

        Assert.NotEqual(0, killed);
    }

    [Fact]
    public void An_answer_says_what_it_was_computed_from()
    {
        using var project = Shop();
        project.RunDay();

        using var answer = JsonDocument.Parse(
            project.Run("funnel", "--steps", "a,b", "--format", "json").Done().Output
        );
        var provenance = answer.RootElement.GetProperty("provenance");

        Assert.Equal(1, provenance.GetProperty("build").GetInt64());
        Assert.Equal(SluiceProject.Day, provenance.GetProperty("logical_date").GetString());
        Assert.Equal(
            Path.GetFileName(Assert.Single(Directory.GetDirectories(Path.Combine(project.State, "journeys")))),
            provenance.GetProperty("index").GetString()
        );
        Assert.Equal(0, provenance.GetProperty("tables").GetProperty("marts/visits_seen").GetInt64());
        Assert.Matches("^[0-9a-f]{64}$", provenance.GetProperty("definition").GetString());
        Assert.Equal(3000, provenance.GetProperty("rows").GetInt64());
        Assert.Equal(300, provenance.GetProperty("units").GetInt64());
    }

    [Fact]
    public void A_table_that_is_written_again_gets_its_index_anew_and_the_run_says_why()
    {
        using var project = Shop();
        project.RunDay();
        project.Sql("insert into visits values (20000, 7, 'b', '2015-05-02 10:00:00')");

        var second = project.RunDay("2015-05-02", "--full-refresh");

        Assert.EndsWith(
            "built anew: most rows of visits_seen and people were written again",
            IndexLine(second),
            StringComparison.Ordinal
        );
    }

    // Three more visits of user 7 and the first ones of user 400; the property of user 9, and that of a user without visits.
    private const string SecondDay = """
        insert into visits select 10000 + i, 7, 'b', '2015-05-02 10:00:0' || i from (select 1 as i union select 2 union select 3);
        insert into visits values (20000, 400, 'a', '2015-05-02 11:00:00'), (20001, 400, 'b', '2015-05-02 12:00:00');
        update users set plan = 'new' where id in (9, 399);
        """;

    private static string Answer(SluiceProject project, string engine) =>
        project
            .Run("funnel", "--steps", "a,b", "--window", "2d", "--by", "plan", "--format", "csv", "--engine", engine)
            .Done()
            .Output;

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
