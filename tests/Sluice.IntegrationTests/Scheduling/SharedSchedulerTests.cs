using Sluice.IntegrationTests.Servers;
using Sluice.IntegrationTests.State;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary>Two schedulers over one PostgreSQL.</summary>
public sealed class SharedSchedulerTests(PostgreSqlServer server)
{
    private const int Rows = 4_000;

    [Fact]
    public void One_that_stood_still_for_longer_than_its_lease_finds_that_its_word_counts_no_more()
    {
        using var project = SlowLoad();
        Trigger(project);
        using var first = RunningScheduler.Start(project, "--executor", "in_process", "--lease", "2s");
        first.Until("funnel_pipeline.load_items 2015-05-01 running");
        Cli.Signal(first.Process, "STOP");

        using var second = RunningScheduler.Start(project, "--lease", "2s");
        second.Until("Z funnel_pipeline 2015-05-01 success");
        Cli.Signal(first.Process, "CONT");
        first.Until("Someone else has the task by now");
        first.Stop().Done();
        second.Stop().Done();

        // Raw tables are asked through a build.
        project.Run("model", "--date", SluiceProject.Day).Done();
        Assert.Equal([$"{Rows}"], project.Query("select count(*) from app.items"));
        Assert.Equal([$"{Rows}"], project.Query("select count(distinct id) from app.items"));
        var history = project.Run("lake", "history", "app.items", "--format", "csv").Done().Lines;
        Assert.Single(history, line => line.Contains("WRITE", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Both_work_on_one_night_and_it_comes_to_what_one_makes_of_it()
    {
        var database = server.CreateDatabase();
        using var project = SluiceProject.Sample();
        File.AppendAllText(
            Path.Combine(project.Folder, "sluice.yaml"),
            $$"""

            state: {{database.StateUrl()}}
            dags:
              funnel_pipeline: { schedule: none, max_active_tasks: 4 }
              dimension_modeling: { schedule: none, max_active_tasks: 2 }
            """
        );
        using var first = RunningScheduler.Start(project);
        using var second = RunningScheduler.Start(project);
        project.Run("dags", "trigger", "funnel_pipeline", "--date", SluiceProject.Day).Done();
        project.Run("dags", "trigger", "dimension_modeling", "--date", SluiceProject.Day).Done();
        await Task.WhenAny(
            Task.Run(() => first.Until("Z dimension_modeling 2015-05-01 success")),
            Task.Run(() => second.Until("Z dimension_modeling 2015-05-01 success"))
        );

        using var alone = SluiceProject.RanSample();
        Assert.Equal(alone.Fingerprint(), project.Fingerprint());
    }

    private static void Trigger(SluiceProject project) =>
        project.Run("dags", "trigger", "funnel_pipeline", "--date", SluiceProject.Day).Done();

    // Its rows come slowly enough for something to happen meanwhile.
    private SluiceProject SlowLoad()
    {
        var database = server.CreateDatabase();
        var project = new SluiceProject();
        project.Sql(
            $"""
            create table items(id integer primary key, name text not null);
            insert into items
            with recursive n(id) as (select 1 union all select id + 1 from n where id < {Rows})
            select id, 'item ' || id from n
            """
        );
        project.Write(
            "sluice.yaml",
            $$"""
            name: shop
            state: {{database.StateUrl()}}
            sources:
              app:
                kind: sqlite
                path: app.db
                throttle: { max_rows_per_second: 1000 }
                tables:
                  items: { key: id }
            dags:
              funnel_pipeline: { schedule: none }
              dimension_modeling: { schedule: none }
            """
        );
        return project;
    }
}
