using System.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice extract reconcile</c>: what a cursor cannot tell.</summary>
internal static class ReconcileCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "reconcile",
            "Compares a table that is loaded incrementally with its source, and repairs what differs: deleted rows, changes that skipped the cursor.",
            "sluice extract reconcile events",
            "sluice extract reconcile app.events --keys-only --dry-run"
        );
        var table = new Argument<string>("TABLE") { Description = "A table of sluice.yaml, as users or app.users." };
        var keysOnly = new Option<bool>("--keys-only")
        {
            Description = "Read only the keys: finds what was deleted, at a fraction of the cost.",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Compare, and change nothing." };
        var quiet = Shared.Quiet();
        command.Add(table);
        command.Add(keysOnly);
        command.Add(dryRun);
        command.Add(quiet);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var name = parsed.GetValue(table)!;
                var outcome = await ReconcileReport.ShowAsync(
                    parsed.GetValue(quiet),
                    name,
                    progress =>
                        sluice
                            .Pipeline(null)
                            .ReconcileAsync(
                                name,
                                parsed.GetValue(keysOnly),
                                parsed.GetValue(dryRun),
                                progress,
                                cancellationToken
                            )
                );
                ReconcileReport.Write(outcome, name, parsed.GetValue(dryRun));
                return ExitCode.Done;
            }
        );
        return command;
    }
}
