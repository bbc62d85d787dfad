using System.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Commands.Upkeep;

/// <summary><c>sluice lake history</c>: the versions of a table.</summary>
internal static class HistoryCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "history",
            "Lists the versions of a table, newest first: when each was made, by what, and what came and went.",
            "sluice lake history users",
            "sluice lake history app.events --format json"
        );
        var (table, format) = (LakeCommand.Table(), Shared.Format());
        command.Add(table);
        command.Add(format);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var found = LakeCommand.Find(sluice, [parsed.GetValue(table)!])[0];
                var entries = await sluice.Upkeep.HistoryAsync(found, cancellationToken);
                new ListOutput(
                    "version",
                    "committed_at",
                    "operation",
                    "interval",
                    "added_files",
                    "removed_files",
                    "added_rows",
                    "added_bytes"
                ).Write(
                    entries.Select(entry =>
                        new object?[]
                        {
                            entry.Version,
                            entry.CommittedAt,
                            entry.Operation,
                            entry.Interval,
                            entry.AddedFiles,
                            entry.RemovedFiles,
                            entry.AddedRows,
                            entry.AddedBytes,
                        }
                    ),
                    Shared.FormatOf(parsed, format)
                );
                return ExitCode.Done;
            }
        );
        return command;
    }
}
