using System.Globalization;
using static Sluice.IntegrationTests.Scheduling.UserDags;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary><c>sluice dags</c> and <c>sluice runs</c> beside a real scheduler.</summary>
public sealed class DagCommandTests
{
    private const string Daily = """
        d:
          schedule: "@daily"
          start_date: 2015-05-01
          catchup: true
          end_date: 2015-05-03
          tasks:
            t: { shell: "echo {{ ds }} >> said.txt" }
            u: { shell: "test -e go", depends_on: [t] }
        """;

    [Fact]
    public void A_list_says_when_each_dag_runs_next_and_what_its_last_run_came_to()
    {
        using var project = ProjectWith(Daily + "\ne: { schedule: none, tasks: { t: { shell: \"true\" } } }");
        Assert.Contains("d,@daily,2,,,,2015-05-02T00:00:00Z", List(project), StringComparison.Ordinal);

        project.Run("dags", "pause", "d").Done();
        Assert.Contains("d,@daily,2,paused,,,", List(project), StringComparison.Ordinal);
        RunToEnd(project, "e", "success");
        Assert.Contains("e,none,1,,2015-05-01,success,", List(project), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_shows_the_tasks_along_what_they_wait_for_and_the_last_runs()
    {
        using var project = ProjectWith(Daily);
        using (var scheduler = RunningScheduler.Start(project))
        {
            scheduler.Until("d 2015-05-03 failed");
            scheduler.Stop().Done();
        }

        var shown = project.Run("dags", "show", "d").Done().Output;
        Assert.Contains(" 01 02 03", shown, StringComparison.Ordinal);
        Assert.Contains("t         ✓  ✓  ✓", shown, StringComparison.Ordinal);
        Assert.Contains("the run   ✗  ✗  ✗", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(
            " 01 02",
            project.Run("dags", "show", "d", "--runs", "2").Done().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_check_counts_what_is_well_and_names_the_dag_that_was_meant()
    {
        using var project = ProjectWith(Daily);
        Assert.Contains("nothing is wrong", project.Run("dags", "check").Done().Output, StringComparison.Ordinal);

        File.AppendAllText(
            Path.Combine(project.Folder, "sluice.yaml"),
            "  e: { schedule: \"@daily\", tasks: { w: { wait_for: wait_for_funnel_pipeline } } }\n"
        );
        project.Run("dags", "check").Fails(2, "Did you mean 'funnel_pipeline'?");
    }

    [Fact]
    public void A_backfill_is_shown_first_and_then_done_from_its_earliest_interval()
    {
        using var project = ProjectWith(Daily.Replace("catchup: true", "catchup: false", StringComparison.Ordinal));
        project.Run("dags", "pause", "d").Done();
        string[] wanted = ["dags", "backfill", "d", "--from", "2015-05-01", "--to", "2015-05-02", "--format", "csv"];
        var planned = project.Run([.. wanted, "--dry-run"]).Done().Lines;
        Assert.Equal(2, planned.Count(line => line.EndsWith(",run", StringComparison.Ordinal)));
        Assert.Single(project.Run("runs", "list", "d", "--format", "csv").Done().Lines);

        Assert.Equal(planned, project.Run(wanted).Done().Lines);
        project.Run("dags", "unpause", "d").Done();
        using (var scheduler = RunningScheduler.Start(project))
        {
            scheduler.Until("d 2015-05-02 failed");
            scheduler.Stop().Done();
        }

        var said = Read(project, "said.txt").Split('\n');
        Assert.True(Array.IndexOf(said, "2015-05-01") < Array.IndexOf(said, "2015-05-02"));
        Assert.DoesNotContain(
            "run again",
            project.Run([.. wanted, "--dry-run"]).Done().Output,
            StringComparison.Ordinal
        );
        Assert.Equal(
            2,
            project
                .Run([.. wanted, "--dry-run", "--reprocess", "failed"])
                .Done()
                .Lines.Count(line => line.EndsWith(",run again", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_task_that_is_marked_a_success_lets_what_waits_for_it_go_on()
    {
        using var project = ProjectWith(
            """
            d:
              schedule: none
              tasks:
                broken: { shell: "exit 1" }
                then: { shell: "echo x > then.txt", depends_on: [broken] }
            """
        );
        RunToEnd(project, "d", "failed");
        Assert.False(File.Exists(Path.Combine(project.Folder, "then.txt")));

        project.Run("runs", "mark", "d", SluiceProject.Day, "success", "--task", "broken").Done();
        RunToEnd(project, "d", "success", trigger: false);
        Assert.Equal("x", Read(project, "then.txt"));

        project.Run("runs", "mark", "d", SluiceProject.Day, "failed").Done();
        Assert.Contains(
            ",failed,",
            project.Run("runs", "list", "d", "--format", "csv").Done().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_log_that_is_followed_comes_as_it_is_written_and_ends_with_the_task()
    {
        using var project = ProjectWith(
            "d: { schedule: none, tasks: { t: { shell: \"echo first; while ! test -e go; do sleep 0.05; done; echo last\" } } }"
        );
        Trigger(project, "d");
        using var scheduler = RunningScheduler.Start(project);
        scheduler.Until("d.t 2015-05-01 running");
        using var follow = Cli.Start(project.Folder, "runs", "logs", "d", SluiceProject.Day, "--task", "t", "--follow");
        using (new Patience(follow))
        {
            while (follow.StandardOutput.ReadLine() is { } line && !line.EndsWith(" first", StringComparison.Ordinal))
            { }
        }

        File.WriteAllText(Path.Combine(project.Folder, "go"), "");
        Assert.Contains(" last", Cli.Finish(follow).Done().Output, StringComparison.Ordinal);
        scheduler.Stop().Done();
    }

    [Fact]
    public void A_log_that_is_not_there_yet_is_waited_for()
    {
        using var project = ProjectWith("d: { schedule: none, tasks: { t: { shell: \"echo said\" } } }");
        Trigger(project, "d");
        string[] logs = ["runs", "logs", "d", SluiceProject.Day, "--task", "t"];
        project.Run(logs).Fails(2, "has no log", "--follow waits for it");
        using var follow = Cli.Start(project.Folder, [.. logs, "--follow"]);
        Assert.Contains("waiting for it", follow.StandardError.ReadLine(), StringComparison.Ordinal);
        using var scheduler = RunningScheduler.Start(project);

        Assert.Contains(" said", Cli.Finish(follow).Done().Output, StringComparison.Ordinal);
        scheduler.Stop().Done();
    }

    [Fact]
    public void Up_runs_the_scheduler_and_a_command_knows_its_fencing_token()
    {
        using var project = ProjectWith(
            "d: { schedule: none, tasks: { t: { shell: \"echo $SLUICE_FENCING_TOKEN > token.txt\" } } }"
        );
        Trigger(project, "d");
        using var up = RunningScheduler.Up(project);
        up.Until("d 2015-05-01 success");
        up.Stop().Done();

        Assert.True(long.Parse(Read(project, "token.txt"), CultureInfo.InvariantCulture) > 0);
    }

    [Fact]
    public void A_run_that_misses_its_deadline_is_late_and_says_so_once()
    {
        var start = TimeProvider.System.GetUtcNow().AddSeconds(-58);
        using var project = ProjectWith(
            $$"""
            d:
              schedule: 1m
              start_date: {{start:yyyy-MM-ddTHH:mm:ssZ}}
              deadline: 1s
              on_late: { command: "echo $SLUICE_RUN_ID >> late.txt" }
              tasks:
                t: { shell: "while ! test -e late.txt; do sleep 0.05; done" }
            """
        );
        using var scheduler = RunningScheduler.Start(project);
        scheduler.Until($"Z d {Name(start)} is late");
        scheduler.Until($"Z d {Name(start)} success");
        Assert.Contains(
            "late",
            project.Run("runs", "list", "d", "--format", "csv").Done().Output,
            StringComparison.Ordinal
        );
        scheduler.Stop().Done();

        Assert.Single(Read(project, "late.txt").Split('\n'));
    }

    [Fact]
    public void A_run_of_an_hour_is_named_by_its_start_and_each_command_that_is_told_works()
    {
        const string Hours =
            "{ schedule: \"@hourly\", start_date: 2015-05-01T06:00, end_date: 2015-05-01T07:00, catchup: true, tasks: ";
        using var project = ProjectWith(
            $$"""
            a: {{Hours}} { x: { shell: "true" } } }
            b: {{Hours}} { w: { wait_for: a.x }, y: { shell: "true", depends_on: [w] } } }
            """
        );
        using (var scheduler = RunningScheduler.Start(project))
        {
            scheduler.Until("b.y 2015-05-01T06:00Z success");
            scheduler.Until("b 2015-05-01T06:00Z success");
            scheduler.Until("b 2015-05-01T07:00Z success");
            scheduler.Stop().Done();
        }

        var cleared = project.Run("runs", "clear", "a", "2015-05-01T07:00Z").Done().Output;
        Assert.Contains(
            "Stale now: b 2015-05-01T07:00Z y. 'sluice runs clear b 2015-05-01T07:00Z'",
            cleared,
            StringComparison.Ordinal
        );
        project.Run("runs", "clear", "b", "2015-05-01T07:00Z").Done();
        project.Run("runs", "show", "b", SluiceProject.Day).Fails(2, "b has 2 runs", "as 2015-05-01T06:00Z");
        project.Run("runs", "show", "b", "2015-05-02").Fails(2, "Its latest is that of 2015-05-01T07:00Z");
        Assert.Contains("b,@hourly,2,,2015-05-01T07:00Z,queued,", List(project), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_its_own_is_none_that_comes_next()
    {
        using var project = SluiceProject.Of("create table t (id integer primary key)", "t: {key: id}");
        var yesterday = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-1);
        project.RunDay(yesterday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

        // Today's, once it is over; a run that ends at midnight makes it tomorrow's.
        var next = List(project)
            .Split('\n')
            .Single(line => line.StartsWith("funnel_pipeline,", StringComparison.Ordinal));
        var at = DateTimeOffset.Parse(next.TrimEnd().Split(',')[^1], CultureInfo.InvariantCulture);
        Assert.InRange(at.UtcDateTime, yesterday.AddDays(2), yesterday.AddDays(3).AddHours(1));
    }

    [Fact]
    public void A_graph_that_is_too_large_for_a_picture_says_so_and_is_listed()
    {
        var tasks = Enumerable.Range(1, 2_000).Select(i => $"t{i}: {{ shell: \"true\", depends_on: [t{i - 1}] }}");
        using var project = ProjectWith(
            $"d: {{ schedule: none, tasks: {{ t0: {{ shell: \"true\" }}, {string.Join(", ", tasks)} }} }}"
        );

        var shown = project.Run("dags", "show", "d").Done().Output;
        Assert.Contains(
            "2001 tasks, up to 2001 one after the other: too many for a picture.",
            shown,
            StringComparison.Ordinal
        );
        Assert.InRange(shown.Length, 0, 1_000);
        Assert.Equal(2_002, project.Run("dags", "show", "d", "--format", "csv").Done().Lines.Count);
    }

    [Fact]
    public void The_runs_of_a_dag_that_the_project_no_longer_has_can_be_looked_at()
    {
        using var project = ProjectWith(
            "d: { schedule: none, tasks: { t: { shell: \"echo said\" } } }\ne: { schedule: none, tasks: { t: { shell: \"true\" } } }"
        );
        RunToEnd(project, "d", "success");
        project.Write(
            "sluice.yaml",
            "name: shop\nsources: {}\ndags: { e: { schedule: none, tasks: { t: { shell: \"true\" } } } }\n"
        );

        Assert.Contains(
            "its DAG is no longer in the project",
            project.Run("runs", "list", "--format", "csv").Done().Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "t,success,1",
            project.Run("runs", "show", "d", SluiceProject.Day, "--format", "csv").Done().Output,
            StringComparison.Ordinal
        );
        Assert.Contains("said", Log(project, "d", "t"), StringComparison.Ordinal);
        project.Run("runs", "show", "f", SluiceProject.Day).Fails(2, "There is no DAG 'f'");
        project.Run("runs", "clear", "d", SluiceProject.Day).Fails(2, "There is no DAG 'd'");
    }

    // Whole minutes have no seconds.
    private static string Name(DateTimeOffset start) =>
        start.ToString(start.Second == 0 ? "yyyy-MM-ddTHH:mmZ" : "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string List(SluiceProject project) => project.Run("dags", "list", "--format", "csv").Done().Output;
}
