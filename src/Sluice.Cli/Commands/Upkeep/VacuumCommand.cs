using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Core;
using Sluice.Core.Builds;
using Sluice.Core.Tables;
using Sluice.Lake.Upkeep;
using Sluice.Project.Yaml;

namespace Sluice.Cli.Commands.Upkeep;

/// <summary><c>sluice lake vacuum</c>: removes data files that nothing needs.</summary>
internal static class VacuumCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "vacuum",
            "Removes data files that no build, no version within the retention time and no commit at work needs.",
            "sluice lake vacuum --dry-run",
            "sluice lake vacuum --retain 30d"
        );
        var (tables, format) = (LakeCommand.Tables(), Shared.Format());
        var retain = new Option<string>("--retain")
        {
            Description =
                "How long a version can be restored after the next one came: 12h, 7d. Under a day only while nothing else runs.",
            HelpName = "DURATION",
            DefaultValueFactory = _ => "7d",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Remove nothing, and say what would be removed." };
        command.Add(tables);
        command.Add(retain);
        command.Add(dryRun);
        command.Add(format);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var text = parsed.GetValue(retain)!;
                var span =
                    DurationText.Parse(text)
                    ?? throw new DefinitionException($"'{text}' is no duration.", "Write --retain 12h or 7d.");
                var outcomes = await sluice.Upkeep.VacuumAsync(
                    LakeCommand.Find(sluice, parsed.GetValue(tables)),
                    await BuildPins.ReadAsync(sluice.Ports.Builds, cancellationToken),
                    span,
                    parsed.GetValue(dryRun),
                    cancellationToken
                );
                Write(outcomes, parsed.GetValue(dryRun), Shared.FormatOf(parsed, format));
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static void Write(IReadOnlyList<VacuumOutcome> outcomes, bool dryRun, OutputFormat format)
    {
        if (outcomes.Any(outcome => outcome.Files.Count > 0) || format != OutputFormat.Table)
        {
            new ListOutput("table", "file").Write(
                outcomes.SelectMany(outcome =>
                    outcome.Files.Select(file => new object?[] { TableName.Of(outcome.Table), file })
                ),
                format
            );
        }

        if (format != OutputFormat.Table)
        {
            return;
        }

        var files = outcomes.Sum(outcome => outcome.Files.Count);
        var size = ValueText.Bytes(outcomes.Sum(outcome => outcome.Bytes));
        Console.Out.WriteLine(
            files == 0 ? "There is nothing to remove."
            : dryRun ? $"{ValueText.Count(files)} files, {size}, would be removed. Nothing was changed."
            : $"{ValueText.Count(files)} files, {size}, were removed."
        );
        if (outcomes.Sum(outcome => outcome.Kept) is > 0 and var kept)
        {
            Console.Out.WriteLine(
                $"{ValueText.Count(kept)} files that no version names stay for now: they are young, or a writer is at work."
            );
        }
    }
}
