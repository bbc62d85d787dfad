using System.Globalization;
using static Sluice.IntegrationTests.Scheduling.UserDags;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary>How a command of a task is ended, and all that it has started.</summary>
public sealed class TaskEndTests
{
    private const string Stubborn = "trap '' TERM; echo $$ > child.pid; while :; do sleep 1; done";

    [Theory]
    [InlineData("process")]
    [InlineData("in_process")]
    public void A_command_is_asked_once_and_has_time_to_clean_up(string executor)
    {
        using var project = ProjectWith(
            """
            d:
              schedule: none
              tasks:
                t:
                  execution_timeout: 2s
                  shell: "trap 'echo asked >> asked.txt; sleep 0.5; echo cleaned > cleaned.txt; exit 1' TERM; while :; do sleep 0.1; done"
            """
        );

        RunToFailure(project, executor);

        Assert.Equal("asked", Read(project, "asked.txt"));
        Assert.Equal("cleaned", Read(project, "cleaned.txt"));
    }

    // In a session of its own, as a child or left behind by one that ended.
    [Theory]
    [InlineData("setsid sh -c \\\"$C\\\" & wait")]
    [InlineData("(setsid sh -c \\\"$C\\\" &); while :; do sleep 1; done")]
    public void At_its_timeout_all_that_it_started_is_killed_wherever_it_went(string shell)
    {
        using var project = ProjectWith(
            $$"""
            d:
              schedule: none
              tasks:
                t:
                  execution_timeout: 2s
                  shell: "C=\"{{Stubborn.Replace("$$", "\\\\$\\\\$", StringComparison.Ordinal)}}\"; {{shell}}"
            """
        );

        RunToFailure(project, "process");

        AssertGone(project);
    }

    [Fact]
    public void So_it_is_where_nothing_of_it_heeds_a_signal_and_a_task_is_run_by_hand()
    {
        using var project = ProjectWith(
            """
            d:
              schedule: none
              tasks:
                t: { shell: "trap '' TERM; setsid sh left.sh & while :; do sleep 1; done" }
            """
        );
        project.Write("left.sh", Stubborn);
        using var run = Cli.Start(project.Folder, "tasks", "run", "d", "t", "--date", SluiceProject.Day);
        Assert.True(
            SpinWait.SpinUntil(() => File.Exists(Path.Combine(project.Folder, "child.pid")), TimeSpan.FromMinutes(1))
        );
        Assert.True(SpinWait.SpinUntil(() => Read(project, "child.pid").Length > 0, TimeSpan.FromMinutes(1)));

        Cli.Signal(run, "TERM");
        Cli.Finish(run);

        AssertGone(project);
    }

    [Theory]
    [InlineData("process")]
    [InlineData("in_process")]
    public void What_it_leaves_in_its_session_ends_with_it(string executor)
    {
        // timeout makes itself the first of a group of its own.
        using var project = ProjectWith(
            """
            d:
              schedule: none
              tasks:
                t: { shell: "timeout 1000 sh left.sh > /dev/null 2>&1 & while ! test -s child.pid; do sleep 0.1; done" }
            """
        );
        project.Write("left.sh", Stubborn);
        Trigger(project, "d");
        using (var scheduler = RunningScheduler.Start(project, "--executor", executor))
        {
            scheduler.Until("d 2015-05-01 success");
            scheduler.Stop().Done();
        }

        AssertGone(project);
    }

    private static void RunToFailure(SluiceProject project, string executor)
    {
        Trigger(project, "d");
        using var scheduler = RunningScheduler.Start(project, "--executor", executor);
        scheduler.Until("d 2015-05-01 failed");
        scheduler.Stop().Done();
    }

    private static void AssertGone(SluiceProject project)
    {
        var id = int.Parse(Read(project, "child.pid"), CultureInfo.InvariantCulture);
        // A process that was killed is gone a moment later.
        Assert.True(SpinWait.SpinUntil(() => !IsThere(id), TimeSpan.FromSeconds(10)), $"Process {id} lives.");
    }

    private static bool IsThere(int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
