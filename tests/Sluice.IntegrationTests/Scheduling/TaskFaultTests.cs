using static Sluice.IntegrationTests.Scheduling.UserDags;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary>Tasks that write too much, take too much or leave something behind.</summary>
public sealed class TaskFaultTests
{
    [Fact]
    public void A_command_that_the_system_does_not_take_fails_in_words()
    {
        using var project = ProjectWith(Shell($": {new string('a', 200_000)}"));

        Run(project).Fails(1, "cannot be started", "128 KB");
    }

    [Fact]
    public void A_fault_that_nobody_foresaw_ends_the_try_and_is_in_its_log()
    {
        using var project = SluiceProject.RanSample();
        File.AppendAllText(
            Path.Combine(project.Folder, "sluice.yaml"),
            "\ndags: { d: { schedule: none, params: { x: \"a\\0b\" }, tasks: { t: { sql: select 1, to: \"{{ params.x }}.csv\" } } } }\n"
        );
        RunToEnd(project, "d", "failed");

        Assert.Contains("error: Null character in path", Log(project, "d", "t"), StringComparison.Ordinal);
        Assert.Contains(
            "Null character in path",
            project.Run("runs", "show", "d", SluiceProject.Day, "--format", "csv").Done().Output,
            StringComparison.Ordinal
        );
    }

    private static string Shell(string command) =>
        $"d: {{ schedule: none, tasks: {{ t: {{ shell: \"{command}\" }} }} }}";

    private static CliResult Run(SluiceProject project) =>
        project.Run("tasks", "run", "d", "t", "--date", SluiceProject.Day);
}
