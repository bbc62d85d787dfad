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

    private static string Shell(string command) =>
        $"d: {{ schedule: none, tasks: {{ t: {{ shell: \"{command}\" }} }} }}";

    private static CliResult Run(SluiceProject project) =>
        project.Run("tasks", "run", "d", "t", "--date", SluiceProject.Day);
}
