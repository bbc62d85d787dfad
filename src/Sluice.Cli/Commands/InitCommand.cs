using System.CommandLine;
using Sluice.Cli.Setup;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice init</c>: an empty project, or one for a database.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "init",
            "Makes a project: sluice.yaml, models/ and funnels/.",
            "sluice init",
            "sluice init shop --sqlite /var/lib/shop/app.db"
        );
        var folder = new Argument<string>("DIR")
        {
            Description = "The project's folder. By default the current one.",
            DefaultValueFactory = _ => ".",
        };
        var sqlite = new Option<string?>("--sqlite")
        {
            Description = "A SQLite database; its tables are listed in sluice.yaml.",
            HelpName = "FILE",
        };
        command.Add(folder);
        command.Add(sqlite);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var root = Path.GetFullPath(parsed.GetValue(folder)!);
                await StarterProject.WriteAsync(root, parsed.GetValue(sqlite), cancellationToken);
                Console.Out.WriteLine($"Made a project in {root}.");
                Console.Out.WriteLine("  1. Name your tables in sluice.yaml.");
                Console.Out.WriteLine("  2. sluice run                      copies them and publishes the models");
                Console.Out.WriteLine("  3. sluice query \"select ...\"       or save a funnel in funnels/");
                return ExitCode.Done;
            }
        );
        return command;
    }
}
