using static Sluice.IntegrationTests.Scheduling.UserDags;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary>A project that is edited while a scheduler works.</summary>
public sealed class ChangedProjectTests
{
    private const string Before = """
        d:
          schedule: none
          tasks:
            a: { shell: "touch began; while ! test -e go; do sleep 0.1; done" }
            b: { shell: "echo before > b.txt", depends_on: [a] }
        """;

    [Theory]
    [InlineData("process")]
    [InlineData("in_process")]
    public void What_has_not_begun_is_done_as_it_is_written_now(string executor)
    {
        using var project = ProjectWith(Before);
        Trigger(project, "d");
        using var scheduler = RunningScheduler.Start(project, "--executor", executor);
        scheduler.Until("d.a 2015-05-01 running");

        Write(project, Before.Replace("echo before", "echo after", StringComparison.Ordinal));
        scheduler.Until("the project has changed");
        File.WriteAllText(Path.Combine(project.Folder, "go"), "");
        scheduler.Until("d 2015-05-01 success");
        scheduler.Stop().Done();

        Assert.Equal("after", Read(project, "b.txt"));
    }

    [Fact]
    public void A_dag_that_is_added_is_run_and_one_that_is_gone_can_be_ended()
    {
        using var project = ProjectWith(Before);
        Trigger(project, "d");
        using var scheduler = RunningScheduler.Start(project);
        scheduler.Until("d.a 2015-05-01 running");

        Write(project, "e: { schedule: none, tasks: { t: { shell: \"echo e > e.txt\" } } }");
        scheduler.Until("the project has changed: 3 DAGs");
        Trigger(project, "e");
        scheduler.Until("e 2015-05-01 success");
        project.Run("runs", "mark", "d", SluiceProject.Day, "failed").Done();

        Assert.Equal("e", Read(project, "e.txt"));
        Assert.Contains(
            "failed",
            project.Run("runs", "list", "d", "--format", "csv").Done().Output,
            StringComparison.Ordinal
        );
        // Nobody works at it any more.
        Assert.True(SpinWait.SpinUntil(() => scheduler.Workers().Count == 0, TimeSpan.FromMinutes(1)));
        scheduler.Stop().Done();
    }

    [Fact]
    public void While_it_cannot_be_read_nothing_starts_and_nothing_fails()
    {
        using var project = ProjectWith(Before);
        Trigger(project, "d");
        using var scheduler = RunningScheduler.Start(project);
        scheduler.Until("d.a 2015-05-01 running");
        UntilItHasBegun(project);

        project.Write("sluice.yaml", "dags: [");
        scheduler.Until("the project cannot be read");
        File.WriteAllText(Path.Combine(project.Folder, "go"), "");
        scheduler.Until("d.a 2015-05-01 success");
        Write(project, Before);
        scheduler.Until("d 2015-05-01 success");
        scheduler.Stop().Done();

        Assert.Equal("before", Read(project, "b.txt"));
        Assert.DoesNotContain(scheduler.Lines, line => line.Contains("failed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_task_whose_process_finds_it_so_begins_again_when_it_is_mended()
    {
        using var project = ProjectWith(Before);
        File.WriteAllText(Path.Combine(project.Folder, "go"), "");
        using var scheduler = RunningScheduler.Start(project);
        Trigger(project, "d");
        // As early as it gets: before the process has read it, or a moment too late.
        scheduler.Until("d.a 2015-05-01 running");
        project.Write("sluice.yaml", "dags: [");
        scheduler.Until("the project cannot be read");
        Write(project, Before);
        scheduler.Until("d 2015-05-01 success");
        scheduler.Stop().Done();

        Assert.DoesNotContain(scheduler.Lines, line => line.Contains("failed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_gone_for_a_moment_leads_to_no_other_project()
    {
        using var above = ProjectWith("e: { schedule: none, tasks: { t: { shell: \"true\" } } }");
        above.Write("inner/sluice.yaml", "dags:\n  d: { schedule: none, tasks: { t: { shell: \"true\" } } }\n");
        using var scheduler = RunningScheduler.Start(above, "--project", "inner");
        var yaml = Path.Combine(above.Folder, "inner", "sluice.yaml");
        var text = File.ReadAllText(yaml);

        File.Delete(yaml);
        scheduler.Until("sluice.yaml is gone");
        File.WriteAllText(yaml, text.Replace("d:", "renamed:", StringComparison.Ordinal));
        scheduler.Until("the project has changed: 3 DAGs");
        scheduler.Stop().Done();
    }

    [Fact]
    public void What_an_editor_leaves_beside_a_file_ends_nothing()
    {
        using var project = ProjectWith(Before);
        project.Write("dbt_project.yml", "name: shop\n");
        project.Write("models/m.sql", "select 1 as n\n");
        using var scheduler = RunningScheduler.Start(project);

        File.CreateSymbolicLink(Path.Combine(project.Folder, "models", ".#m.sql"), "me@here.1:2");
        File.CreateSymbolicLink(Path.Combine(project.Folder, "models", "gone.sql"), "nowhere.sql");
        scheduler.Until("the project cannot be read");
        File.Delete(Path.Combine(project.Folder, "models", "gone.sql"));
        Write(project, Before.Replace("b:", "c:", StringComparison.Ordinal));
        scheduler.Until("the project has changed");
        scheduler.Stop().Done();
    }

    [Fact]
    public void Where_the_runs_are_kept_changes_with_a_new_start_only()
    {
        using var project = ProjectWith(Before);
        using var scheduler = RunningScheduler.Start(project);

        project.Write("sluice.yaml", "state: postgresql://u:p@localhost:1/x\nsources: {}\n");
        scheduler.Until("'state' has changed");
        Write(project, Before);
        scheduler.Until("the project has changed");
        scheduler.Stop().Done();
    }

    private static void UntilItHasBegun(SluiceProject project) =>
        Assert.True(
            SpinWait.SpinUntil(() => File.Exists(Path.Combine(project.Folder, "began")), TimeSpan.FromMinutes(1))
        );
}
