using System.CommandLine;
using System.CommandLine.Parsing;
using Sluice.Cli.Commands;
using Sluice.Cli.Commands.Builds;
using Sluice.Cli.Commands.Models;
using Sluice.Cli.Commands.Scheduling;
using Sluice.Cli.Commands.Tasks;
using Sluice.Cli.Commands.Upkeep;
using Sluice.Cli.Telemetry;
using Sluice.Core;

namespace Sluice.Cli;

/// <summary>The command line: parses it, runs a command and turns what went wrong into a message and an exit code.</summary>
internal static class App
{
    // What a statement that ends in the server and a part file that is closed may take.
    public static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    // The library's own exits, for work that did not end in that time: 128 and the number of the signal. No command has them.
    private const int Interrupted = 130;
    private const int Terminated = 143;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0)
        {
            Console.Out.WriteLine(Overview.Text);
            return ExitCode.Done;
        }

        // '@dim_user' selects models and names no file of arguments.
        var parsed = CreateRoot().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        // Help explains what an incomplete line lacks.
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpExamples)
        {
            return Refuse(parsed);
        }

        using var telemetry = TelemetryExport.Start(Environment.GetEnvironmentVariable);
        try
        {
            var exit = await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = parsed.CommandResult.Command is ExampleCommand { HandlesSignals: true }
                        ? null
                        : TimeToStop,
                }
            );
            return exit is Interrupted or Terminated ? FailureReport.WriteCut(TimeToStop) : exit;
        }
        catch (Exception failure) when (FailureReport.IsForUser(failure))
        {
            return FailureReport.Write(failure);
        }
    }

    /// <summary>The commands, in the order in which a newcomer meets them.</summary>
    public static RootCommand CreateRoot()
    {
        var root = new RootCommand("Funnel analytics on your own data.");
        root.Options.Add(Shared.Project);
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(InitCommand.Create());
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(SchedulerCommand.Create());
        root.Subcommands.Add(SchedulerCommand.CreateUp());
        root.Subcommands.Add(DagsCommand.Create());
        root.Subcommands.Add(RunsCommand.Create());
        root.Subcommands.Add(ExtractCommand.Create());
        root.Subcommands.Add(SourcesCommand.Create());
        root.Subcommands.Add(ModelCommand.Create());
        root.Subcommands.Add(TasksCommand.Create());
        root.Subcommands.Add(BuildsCommand.Create());
        root.Subcommands.Add(DocsCommand.Create());
        root.Subcommands.Add(FunnelCommand.Create());
        root.Subcommands.Add(QueryCommand.Create());
        root.Subcommands.Add(TablesCommand.Create());
        root.Subcommands.Add(LakeCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(AirflowCommand.Create());
        HelpExamples.Attach(root);
        return root;
    }

    private static int Refuse(ParseResult parsed)
    {
        // An unknown command also lacks a required one: the user needs to hear of the first only.
        var messages = parsed.Errors.Select(error => error.Message).ToList();
        var unknown = messages.Where(message => message.StartsWith("Unrecognized", StringComparison.Ordinal)).ToList();
        foreach (var message in unknown.Count > 0 ? unknown : messages)
        {
            Console.Error.WriteLine($"error: {message}");
        }

        if (parsed.UnmatchedTokens is [var first, ..] && parsed.CommandResult.Command is RootCommand root)
        {
            Console.Error.WriteLine($"  {Nearest.Suggest(first, root.Subcommands.Select(command => command.Name))}");
        }

        Console.Error.WriteLine($"  '{NameOf(parsed.CommandResult)} --help' shows what can be written.");
        return ExitCode.WrongUsage;
    }

    private static string NameOf(SymbolResult result) =>
        result is CommandResult { Command: not RootCommand } command
            ? $"{NameOf(command.Parent!)} {command.Command.Name}"
            : "sluice";
}
