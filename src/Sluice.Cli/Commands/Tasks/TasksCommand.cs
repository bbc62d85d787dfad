using System.CommandLine;

namespace Sluice.Cli.Commands.Tasks;

/// <summary><c>sluice tasks</c>: single tasks of the DAGs.</summary>
internal static class TasksCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "tasks",
            "Runs single tasks of the DAGs: what cron and other schedulers call.",
            "sluice tasks run funnel_pipeline load_users --date 2015-05-01"
        );
        command.Add(TaskRunCommand.Create());
        return command;
    }
}
