using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Core.Builds;
using Sluice.Core.Tables;
using Sluice.Lake.Upkeep;

namespace Sluice.Cli.Commands.Upkeep;

/// <summary><c>sluice lake verify</c>: whether what the logs name is there.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "verify",
            "Checks that every file of the newest versions, and of those that builds name, is there with its size and rows.",
            "sluice lake verify",
            "sluice lake verify users events --deep",
            "sluice lake verify --format json"
        );
        var (tables, format) = (LakeCommand.Tables(), Shared.Format());
        var deep = new Option<bool>("--deep")
        {
            Description =
                "Read every page to its last byte, with its checksum, and hold checkpoints against the commits.",
        };
        command.Add(tables);
        command.Add(deep);
        command.Add(format);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var found = LakeCommand.Find(sluice, parsed.GetValue(tables));
                var pins = await BuildPins.ReadAsync(sluice.Ports.Builds, cancellationToken);
                var outcomes = new List<VerifyOutcome>();
                foreach (var table in found)
                {
                    outcomes.Add(
                        await sluice.Upkeep.VerifyAsync(table, pins[table], parsed.GetValue(deep), cancellationToken)
                    );
                }

                var problems = outcomes.SelectMany(outcome => outcome.Problems).ToList();
                Write(outcomes, problems, Shared.FormatOf(parsed, format));
                if (problems.Count == 0)
                {
                    return ExitCode.Done;
                }

                Console.Error.WriteLine($"error: {ValueText.Count(problems.Count)} problems were found in the lake.");
                Console.Error.WriteLine(
                    "  Restore the files from a backup, or load them again: sluice run --date DATE --reextract; models: --full-refresh."
                );
                return ExitCode.Failed;
            }
        );
        return command;
    }

    private static void Write(List<VerifyOutcome> outcomes, List<TableProblem> problems, OutputFormat format)
    {
        if (problems.Count > 0 || format != OutputFormat.Table)
        {
            new ListOutput("table", "file", "problem").Write(
                problems.Select(problem =>
                    new object?[] { TableName.Of(problem.Table), problem.File, problem.Problem }
                ),
                format
            );
        }

        if (format == OutputFormat.Table)
        {
            Console.Out.WriteLine(
                $"{ValueText.Count(outcomes.Count)} tables, {ValueText.Count(outcomes.Sum(outcome => outcome.Files))} files, {ValueText.Count(outcomes.Sum(outcome => outcome.Rows))} rows, {ValueText.Bytes(outcomes.Sum(outcome => outcome.Bytes))}: {(problems.Count == 0 ? "all is as the logs say." : "see above.")}"
            );
        }
    }
}
