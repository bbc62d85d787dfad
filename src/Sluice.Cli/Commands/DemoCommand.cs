using System.CommandLine;
using Sluice.Cli.Demo;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice demo</c>: a project with data, run and answered.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "demo",
            "Makes a project with a shop's database, runs it and prints its funnels.",
            "sluice demo",
            "sluice demo --path /tmp/shop --users 1000000"
        );
        var path = new Option<string>("--path")
        {
            Description = "The folder to make.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "sluice-demo",
        };
        var users = new Option<long>("--users")
        {
            Description = "How many users the shop has; memory does not grow with them.",
            HelpName = "N",
            DefaultValueFactory = _ => new SampleOptions().Users,
        };
        var quiet = Shared.Quiet();
        command.Add(path);
        command.Add(users);
        command.Add(quiet);
        command.SetAction(
            (parsed, cancellationToken) =>
                new DemoRun(
                    Path.GetFullPath(parsed.GetValue(path)!),
                    parsed.GetValue(users),
                    parsed.GetValue(quiet)
                ).ExecuteAsync(cancellationToken)
        );
        return command;
    }
}
