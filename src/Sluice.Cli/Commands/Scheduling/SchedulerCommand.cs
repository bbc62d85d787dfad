using System.CommandLine;
using System.Globalization;
using Sluice.Cli.Scheduling;
using Sluice.Core;
using Sluice.Project.Yaml;

namespace Sluice.Cli.Commands.Scheduling;

/// <summary><c>sluice scheduler</c> and <c>sluice up</c>: run what is due, for years.</summary>
internal static class SchedulerCommand
{
    private const string Nowhere = "none";

    // It gives three signs of life in that time, each a write to the store.
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(2);

    public static Command Create() =>
        Create(
            "scheduler",
            "Runs the DAGs when their time comes, until it is stopped. Several may share one PostgreSQL run store."
        );

    /// <summary>The same while nothing else is there to be run.</summary>
    public static Command CreateUp() =>
        Create("up", "Runs everything that Sluice is, in one process: the scheduler, until it is stopped.");

    private static ExampleCommand Create(string name, string description)
    {
        var command = new ExampleCommand(
            name,
            description,
            $"sluice {name}",
            $"sluice {name} --parallelism 4 --listen 0.0.0.0:8797"
        )
        {
            HandlesSignals = true,
        };
        var parallelism = new Option<int>("--parallelism")
        {
            Description = "How many tasks are at work at a time.",
            HelpName = "N",
            DefaultValueFactory = _ => 16,
        };
        Shared.AtLeast(1, parallelism);
        var executor = new Option<string>("--executor")
        {
            Description =
                "Where tasks run: process (each in its own, which can be ended whatever it does) or in_process.",
            HelpName = "WHERE",
            DefaultValueFactory = _ => "process",
        };
        executor.AcceptOnlyFromAmong("process", "in_process");
        var grace = Duration(
            "--grace",
            "How long tasks may go on when it is stopped; then they are handed back.",
            "30s"
        );
        var lease = Duration("--lease", "How long after its last sign of life others take over its tasks.", "30s");
        var listen = new Option<string>("--listen")
        {
            Description = "Where /health and /metrics are served, or none.",
            HelpName = "HOST:PORT",
            DefaultValueFactory = _ => "localhost:8797",
        };
        command.Add(parallelism);
        command.Add(executor);
        command.Add(grace);
        command.Add(lease);
        command.Add(listen);
        command.SetAction(
            async (parsed, _) =>
            {
                using var stop = new StopSignals();
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                await new SchedulerService(sluice)
                {
                    Parallelism = parsed.GetValue(parallelism),
                    InProcess = parsed.GetValue(executor) == "in_process",
                    Grace = SpanOf(parsed.GetValue(grace)!),
                    Lease = LeaseOf(parsed.GetValue(lease)!),
                    Address = AddressOf(parsed.GetValue(listen)!),
                }.RunAsync(stop);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Option<string> Duration(string name, string description, string text) =>
        new(name)
        {
            Description = description,
            HelpName = "DURATION",
            DefaultValueFactory = _ => text,
        };

    private static TimeSpan SpanOf(string text) =>
        DurationText.Parse(text)
        ?? throw new DefinitionException($"'{text}' is no duration.", "Write it as 30s or 5m.");

    private static TimeSpan LeaseOf(string text) =>
        SpanOf(text) is var lease && lease >= ShortestLease
            ? lease
            : throw new DefinitionException(
                $"A lease of {text} is too short: whoever pauses for a moment would lose its tasks.",
                "Write --lease 2s or more; 30s is the default."
            );

    private static (string Host, int Port)? AddressOf(string text) =>
        text == Nowhere ? null
        : text.LastIndexOf(':') is >= 0 and var at
        && int.TryParse(text[(at + 1)..], CultureInfo.InvariantCulture, out var port)
        && port is > 0 and <= 65535
            ? (text[..at] is "" or "0.0.0.0" ? "*" : text[..at], port)
        : throw new DefinitionException($"'{text}' is no address.", "Write it as localhost:8797, or none.");
}
