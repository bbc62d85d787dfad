using System.CommandLine;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Cli.Commands.Upkeep;

/// <summary><c>sluice lake restore</c>: an older version of a table, as a new one.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "restore",
            "Makes a raw table what it was at an older version, by a new commit; days it then lacks are loaded again.",
            "sluice lake restore users --version 12"
        );
        var table = LakeCommand.Table();
        var version = new Option<long>("--version")
        {
            Description = "The version to go back to; 'sluice lake history' lists them.",
            HelpName = "N",
            Required = true,
        };
        command.Add(table);
        command.Add(version);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var found = LakeCommand.Find(sluice, [parsed.GetValue(table)!])[0];
                var wanted = parsed.GetValue(version);
                var outcome = await sluice.Upkeep.RestoreAsync(found, wanted, cancellationToken);
                var name = TableName.Of(found);
                Console.Out.WriteLine(
                    outcome.IsUnchanged
                        ? $"{name} is at version {outcome.Version}; nothing was changed."
                        : $"{name} is what it was at version {wanted}; this is version {outcome.Version}. Builds stay as they are."
                );
                if (outcome.Reopened.Count > 0)
                {
                    var days = outcome.Reopened.Select(id => DataInterval.Parse(id, sluice.Project.TimeZone).Ds);
                    Console.Out.WriteLine($"No longer loaded, to be run again: {string.Join(", ", days)}.");
                }

                return ExitCode.Done;
            }
        );
        return command;
    }
}
