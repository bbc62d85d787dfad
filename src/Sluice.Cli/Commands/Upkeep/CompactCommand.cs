using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Core;
using Sluice.Core.Tables;
using Sluice.Core.Upkeep;

namespace Sluice.Cli.Commands.Upkeep;

/// <summary><c>sluice lake compact</c>: fewer, larger files.</summary>
internal static class CompactCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "compact",
            "Joins the small files of each day of raw tables. The rows stay, and so does their order.",
            "sluice lake compact",
            "sluice lake compact events --target-size 512MB"
        );
        var (tables, format) = (LakeCommand.Tables(), Shared.Format());
        var target = new Option<string>("--target-size")
        {
            Description = "The size that a joined file should come near: 64MB, 1GB. From 1 MB on.",
            HelpName = "SIZE",
            DefaultValueFactory = _ => "128MB",
        };
        command.Add(tables);
        command.Add(target);
        command.Add(format);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var bytes = TargetOf(parsed.GetValue(target)!);
                var names = parsed.GetValue(tables);
                var found = LakeCommand.Find(sluice, names);
                if (names is { Length: > 0 } && found.Any(table => table.IsMart))
                {
                    throw new DefinitionException(
                        $"The table {found.First(table => table.IsMart)} is made by a model, which writes it whole each time.",
                        "Only raw tables are compacted."
                    );
                }

                var compaction = new TableCompaction(sluice.Ports.Store);
                var outcomes = new List<CompactionOutcome>();
                foreach (var table in found.Where(table => !table.IsMart))
                {
                    outcomes.Add(await compaction.RunAsync(table, bytes, cancellationToken));
                }

                Write(outcomes, Shared.FormatOf(parsed, format));
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static void Write(List<CompactionOutcome> outcomes, OutputFormat format)
    {
        if (format == OutputFormat.Table && outcomes.TrueForAll(outcome => outcome.Joined == 0))
        {
            Console.Out.WriteLine("There are no small files to join.");
            return;
        }

        new ListOutput("table", "version", "files_before", "files_after", "bytes_before", "bytes_after").Write(
            outcomes
                .Where(outcome => outcome.Joined > 0)
                .Select(outcome =>
                    new object?[]
                    {
                        TableName.Of(outcome.Table),
                        outcome.Version,
                        outcome.Joined,
                        outcome.Made,
                        outcome.BytesBefore,
                        outcome.BytesAfter,
                    }
                ),
            format
        );
    }

    private static long TargetOf(string text) =>
        SizeText.Parse(text) is { } bytes && bytes >= 1 << 20
            ? bytes
            : throw new DefinitionException($"'{text}' is no size from 1 MB on.", "Write --target-size 128MB or 1GB.");
}
