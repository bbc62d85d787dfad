using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using static Sluice.IntegrationTests.Scheduling.UserDags;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary>What becomes of tasks of a user's own DAGs.</summary>
public sealed class SchedulerTaskTests
{
    private const string Slow = """
        d:
          schedule: none
          tasks:
            slow: { shell: "echo x >> slow.txt; test -e go || sleep 1000" }
        """;

    [Fact]
    public void Templates_and_variables_name_the_interval_of_a_run()
    {
        using var project = ProjectWith(
            """
            d:
              schedule: none
              params: { country: CH }
              tasks:
                say:
                  shell: "echo {{ ds }} {{ params.country }} {{ data_interval_end }} $SLUICE_DAG_ID > out.txt"
            """
        );
        RunToEnd(project, "d", "success", "--param", "country=DE");

        Assert.Equal("2015-05-01 DE 2015-05-02T00:00:00+00:00 d", Read(project, "out.txt"));
    }

    [Fact]
    public void A_task_that_hangs_is_killed_with_its_children_at_its_timeout()
    {
        using var project = ProjectWith(
            """
            d:
              schedule: none
              tasks:
                hang:
                  shell: "trap '' TERM; (trap '' TERM; while :; do sleep 1; done) & echo $! > child.pid; while :; do sleep 1; done"
                  execution_timeout: 2s
                after: { shell: "echo never > never.txt", depends_on: [hang] }
            """
        );
        RunToEnd(project, "d", "failed");

        AssertGone(int.Parse(Read(project, "child.pid"), CultureInfo.InvariantCulture));
        Assert.False(File.Exists(Path.Combine(project.Folder, "never.txt")));
        var shown = project.Run("runs", "show", "d", SluiceProject.Day, "--format", "csv").Done().Output;
        Assert.Contains("hang,failed", shown, StringComparison.Ordinal);
        Assert.Contains("execution_timeout", shown, StringComparison.Ordinal);
        Assert.Contains("after,upstream_failed", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_fails_is_tried_again_and_each_try_has_its_log()
    {
        using var project = ProjectWith(
            """
            d:
              schedule: none
              tasks:
                flaky:
                  shell: "test -e once || { touch once; echo broken >&2; exit 3; }; echo mended"
                  retries: 1
                  retry_delay: 1s
            """
        );
        RunToEnd(project, "d", "success");

        var first = Log(project, "d", "flaky", "--try", "1");
        Assert.Contains("broken", first, StringComparison.Ordinal);
        Assert.Contains("exit code 3", first, StringComparison.Ordinal);
        Assert.Contains("mended", Log(project, "d", "flaky"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_exits_with_99_is_skipped_and_so_is_what_follows()
    {
        using var project = ProjectWith(
            """
            d:
              schedule: none
              tasks:
                maybe: { shell: "exit 99" }
                then: { shell: "true", depends_on: [maybe] }
                whatever: { shell: "true", depends_on: [maybe], trigger_rule: none_failed }
            """
        );
        RunToEnd(project, "d", "success");

        var shown = project.Run("runs", "show", "d", SluiceProject.Day, "--format", "csv").Done().Output;
        Assert.Contains("maybe,skipped", shown, StringComparison.Ordinal);
        Assert.Contains("then,skipped", shown, StringComparison.Ordinal);
        Assert.Contains("whatever,success", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scheduler_that_is_stopped_lets_a_task_end_and_the_next_one_goes_on_behind_it()
    {
        using var project = ProjectWith(
            """
            d:
              schedule: none
              tasks:
                slow: { shell: "echo x >> slow.txt; while ! test -e go; do sleep 0.1; done" }
                next: { shell: "echo x >> next.txt", depends_on: [slow] }
            """
        );
        Trigger(project, "d");
        using (var scheduler = RunningScheduler.Start(project))
        {
            scheduler.Until("d.slow 2015-05-01 running");
            Cli.Signal(scheduler.Process, "TERM");
            File.WriteAllText(Path.Combine(project.Folder, "go"), "");
            scheduler.Until("d.slow 2015-05-01 success");
            Cli.Finish(scheduler.Process).Done();
        }

        RunToEnd(project, "d", "success", trigger: false);
        Assert.Equal(("x", "x"), (Read(project, "slow.txt"), Read(project, "next.txt")));
    }

    [Fact]
    public void A_task_that_does_not_end_within_the_grace_is_handed_back_and_has_used_no_try()
    {
        using var project = ProjectWith(Slow);
        Trigger(project, "d");
        using (var scheduler = RunningScheduler.Start(project, "--grace", "1s"))
        {
            scheduler.Until("d.slow 2015-05-01 running");
            scheduler.Stop().Done();
        }

        AssertHandedBack(project);
    }

    [Fact]
    public void A_second_signal_hands_tasks_back_at_once_whatever_the_grace()
    {
        using var project = ProjectWith(Slow);
        Trigger(project, "d");
        using (var scheduler = RunningScheduler.Start(project, "--grace", "6h"))
        {
            scheduler.Until("d.slow 2015-05-01 running");
            UntilItWorks(project);
            Cli.Signal(scheduler.Process, "TERM");
            scheduler.Until("stopping");
            scheduler.Stop().Done();
        }

        AssertHandedBack(project);
    }

    [Fact]
    public void No_more_tasks_are_at_work_than_the_command_line_says()
    {
        // Whoever finds the folder of another one there fails.
        const string Alone = "mkdir alone && sleep 0.2 && rmdir alone";
        using var project = ProjectWith(
            $$"""
            d:
              schedule: none
              tasks:
                a: { shell: "{{Alone}}" }
                b: { shell: "{{Alone}}" }
                c: { shell: "{{Alone}}" }
            """
        );
        Trigger(project, "d");
        using var scheduler = RunningScheduler.Start(project, "--parallelism", "1");
        scheduler.Until("d 2015-05-01 success");
        scheduler.Stop().Done();
    }

    [Fact]
    public void A_store_that_is_removed_ends_the_scheduler_with_an_error_and_a_new_one_begins_anew()
    {
        using var project = ProjectWith(Slow);
        Trigger(project, "d");
        using (var scheduler = RunningScheduler.Start(project, "--grace", "6h"))
        {
            scheduler.Until("d.slow 2015-05-01 running");
            foreach (var file in Directory.EnumerateFiles(project.State, "state.db*"))
            {
                File.Delete(file);
            }

            Trigger(project, "d");
            Cli.Finish(scheduler.Process).Fails(1, "was removed or replaced while it was in use", "start again");
            Assert.Empty(scheduler.Workers());
        }

        File.WriteAllText(Path.Combine(project.Folder, "go"), "");
        RunToEnd(project, "d", "success", trigger: false);
    }

    [Fact]
    public void A_task_that_gets_the_signal_itself_is_handed_back_and_has_used_no_try()
    {
        using var project = ProjectWith(Slow);
        Trigger(project, "d");
        using (var scheduler = RunningScheduler.Start(project))
        {
            scheduler.Until("d.slow 2015-05-01 running");
            UntilItWorks(project);
            // Like a manager of services that tells all processes of one.
            Cli.Signal(scheduler.Process, "STOP");
            SignalGroups(scheduler.Workers());
            Cli.Signal(scheduler.Process, "TERM");
            Cli.Signal(scheduler.Process, "CONT");
            Cli.Finish(scheduler.Process).Done();
        }

        AssertHandedBack(project);
    }

    [Fact]
    public async Task A_failure_calls_a_webhook_and_a_command()
    {
        using var listener = new HttpListener();
        var port = RunningScheduler.FreePort();
        listener.Prefixes.Add($"http://localhost:{port}/");
        listener.Start();
        using var project = ProjectWith(
            $$"""
            d:
              schedule: none
              on_failure: [{ webhook: "http://localhost:{{port}}/failed" }, { command: "echo $SLUICE_TASKS > failed.txt" }]
              tasks:
                broken: { shell: "echo no such thing >&2; exit 1" }
            """
        );
        var told = Task.Run(() =>
        {
            var context = listener.GetContext();
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var body = reader.ReadToEnd();
            context.Response.Close();
            return body;
        });
        RunToEnd(project, "d", "failed");

        var body = await told;
        Assert.Contains("\"event\":\"failed\"", body, StringComparison.Ordinal);
        Assert.Contains("\"dag_id\":\"d\"", body, StringComparison.Ordinal);
        Assert.Contains("no such thing", body, StringComparison.Ordinal);
        Assert.Equal("broken", Read(project, "failed.txt"));
    }

    [Fact]
    public void A_question_of_the_build_is_written_into_a_file()
    {
        using var project = SluiceProject.RanSample();
        File.AppendAllText(
            Path.Combine(project.Folder, "sluice.yaml"),
            """

            dags:
              d:
                schedule: none
                tasks:
                  csv: { sql: "select count(*) as n from dim_user", to: "out/{{ ds }}.csv" }
                  json: { sql: "select 1 as n", to: out/x.json }
                  parquet: { sql: "select 1 as n", to: out/x.parquet }
                  log: { sql: "select 'in the log' as words" }
            """
        );
        RunToEnd(project, "d", "success");

        Assert.StartsWith(
            "n\n",
            Read(project, "out/2015-05-01.csv").ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
        Assert.Equal("[{\"n\":1}]", string.Concat(Read(project, "out/x.json").Where(c => !char.IsWhiteSpace(c))));
        Assert.True(File.Exists(Path.Combine(project.Folder, "out/x.parquet")));
        Assert.Contains("in the log", Log(project, "d", "log"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_cleared_runs_again_and_what_was_made_from_it_elsewhere_is_stale()
    {
        using var project = ProjectWith(
            """
            a: { schedule: none, tasks: { x: { shell: "echo x >> a.txt" } } }
            b:
              schedule: none
              tasks:
                w: { wait_for: a.x }
                y: { shell: "true", depends_on: [w] }
            """
        );
        RunToEnd(project, "a", "success");
        RunToEnd(project, "b", "success");

        var cleared = project.Run("runs", "clear", "a", SluiceProject.Day, "--task", "x").Done().Output;
        Assert.Contains("Stale now: b 2015-05-01 y", cleared, StringComparison.Ordinal);
        RunToEnd(project, "a", "success", trigger: false);

        Assert.Equal("x\nx", Read(project, "a.txt"));
        Assert.Contains(
            "stale",
            project.Run("runs", "show", "b", SluiceProject.Day, "--format", "csv").Done().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_task_can_be_cleared_without_what_comes_after_it()
    {
        using var project = ProjectWith(
            """
            d:
              schedule: none
              tasks:
                x: { shell: "echo x >> x.txt" }
                y: { shell: "echo y >> y.txt", depends_on: [x] }
                z: { shell: "echo z >> z.txt", depends_on: [y] }
            """
        );
        RunToEnd(project, "d", "success");

        string[] clear = ["runs", "clear", "d", SluiceProject.Day, "--task", "x"];
        Assert.Equal("Cleared: x.\n", project.Run([.. clear, "--downstream", "false"]).Done().Output);
        RunToEnd(project, "d", "success", trigger: false);
        Assert.Equal(("x\nx", "y", "z"), (Read(project, "x.txt"), Read(project, "y.txt"), Read(project, "z.txt")));

        Assert.Equal("Cleared: x, y, z.\n", project.Run(clear).Done().Output);
    }

    [Theory]
    [InlineData("@daily")]
    [InlineData("none")]
    public void The_dates_of_a_dag_are_those_of_its_own_zone(string schedule)
    {
        using var project = ProjectWith(
            $$$"""
            d:
              schedule: "{{{schedule}}}"
              timezone: Europe/Berlin
              tasks:
                t: { shell: "echo {{ ds }} $SLUICE_DS {{ data_interval_start }} >> said.txt" }
            """
        );
        RunToEnd(project, "d", "success");

        var said = "2015-05-01 2015-05-01 2015-04-30T22:00:00+00:00";
        Assert.Contains(said, Read(project, "said.txt"), StringComparison.Ordinal);
        Assert.Contains(
            "t,success",
            project.Run("runs", "show", "d", SluiceProject.Day, "--format", "csv").Done().Output,
            StringComparison.Ordinal
        );
        project.Run("tasks", "run", "d", "t", "--date", SluiceProject.Day).Done();
        Assert.Equal(2, Read(project, "said.txt").Split('\n').Count(line => line == said));
    }

    [Fact]
    public void A_paused_dag_starts_nothing_until_it_may_go_on()
    {
        using var project = ProjectWith(
            "d: { schedule: none, tasks: { t: { shell: \"true\" } } }\ne: { schedule: none, tasks: { t: { shell: \"true\" } } }"
        );
        project.Run("dags", "pause", "d").Done();
        Assert.Contains("paused", Trigger(project, "d"), StringComparison.Ordinal);
        using var scheduler = RunningScheduler.Start(project);
        Trigger(project, "e");
        scheduler.Until("e 2015-05-01 success");
        Assert.DoesNotContain(scheduler.Lines, line => line.Contains("d.t", StringComparison.Ordinal));

        project.Run("dags", "unpause", "d").Done();
        scheduler.Until("d 2015-05-01 success");
        scheduler.Stop().Done();
    }

    // The command of the task has begun.
    private static void UntilItWorks(SluiceProject project) =>
        Assert.True(
            SpinWait.SpinUntil(() => File.Exists(Path.Combine(project.Folder, "slow.txt")), TimeSpan.FromMinutes(1))
        );

    // No try is counted, and the next scheduler begins it again.
    private static void AssertHandedBack(SluiceProject project)
    {
        Assert.Contains(
            "slow,none,0",
            project.Run("runs", "show", "d", SluiceProject.Day, "--format", "csv").Done().Output,
            StringComparison.Ordinal
        );
        File.WriteAllText(Path.Combine(project.Folder, "go"), "");
        RunToEnd(project, "d", "success", trigger: false);
        Assert.Equal("x\nx", Read(project, "slow.txt"));
    }

    // Each leads a group with all that it started.
    private static void SignalGroups(IReadOnlyList<int> leaders)
    {
        Assert.NotEmpty(leaders);
        using var kill = Process.Start("kill", ["-TERM", "--", .. leaders.Select(id => $"-{id}")]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    // The system takes its time over what was killed.
    private static void AssertGone(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        }
        catch (ArgumentException)
        {
            // It was gone already.
        }
    }
}
