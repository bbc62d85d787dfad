using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Core;
using Sluice.Core.Builds;
using Sluice.Core.Journeys.Indexes;
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
                "Read every page to its last byte, with its checksum, and hold checkpoints against the commits. Without TABLE also the journeys indexes.",
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

                var ofAll = parsed.GetValue(deep) && parsed.GetValue(tables) is null or [];
                var indexes = ofAll ? sluice.Ports.Journeys!.Store.List() : [];
                var problems = outcomes
                    .SelectMany(outcome => outcome.Problems)
                    .Select(problem => new object?[] { TableName.Of(problem.Table), problem.File, problem.Problem })
                    .Concat(await ProblemsOfAsync(sluice.Ports.Journeys!.Store, indexes, cancellationToken))
                    .ToList();
                Write(outcomes, indexes.Count, problems, Shared.FormatOf(parsed, format));
                if (problems.Count == 0)
                {
                    return ExitCode.Done;
                }

                var howMany =
                    problems.Count == 1 ? "1 problem was" : $"{ValueText.Count(problems.Count)} problems were";
                Console.Error.WriteLine($"error: {howMany} found in the lake.");
                Console.Error.WriteLine(
                    "  Restore the files from a backup, or load them again: sluice run --date DATE --reextract; models: --full-refresh; an index: delete its folder, and run."
                );
                return ExitCode.Failed;
            }
        );
        return command;
    }

    private static async Task<IReadOnlyList<object?[]>> ProblemsOfAsync(
        IJourneyStore store,
        IReadOnlyList<JourneyEntry> indexes,
        CancellationToken cancellationToken
    )
    {
        var problems = new List<object?[]>();
        foreach (var index in indexes.OrderBy(index => index.PublishedAt))
        {
            try
            {
                // It is looked at byte by byte when it is opened; null is one that a run has just removed.
                (await store.OpenAsync(index.Id, cancellationToken))?.Dispose();
            }
            catch (PipelineException damage)
            {
                problems.Add([null, null, damage.Message]);
            }
        }

        return problems;
    }

    private static void Write(List<VerifyOutcome> outcomes, int indexes, List<object?[]> problems, OutputFormat format)
    {
        if (problems.Count > 0 || format != OutputFormat.Table)
        {
            new ListOutput("table", "file", "problem").Write(problems, format);
        }

        if (format == OutputFormat.Table)
        {
            Console.Out.WriteLine(
                $"{ValueText.Count(outcomes.Count)} tables, {ValueText.Count(outcomes.Sum(outcome => outcome.Files))} files, {ValueText.Count(outcomes.Sum(outcome => outcome.Rows))} rows, {ValueText.Bytes(outcomes.Sum(outcome => outcome.Bytes))}{(indexes == 0 ? "" : $", {ValueText.Count(indexes)} journeys {(indexes == 1 ? "index" : "indexes")}")}: {(problems.Count == 0 ? "all is as the logs say." : "see above.")}"
            );
        }
    }
}
