using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Core.Extraction;
using Sluice.Lake;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice sources</c>: what the sources are and whether they can be read.</summary>
internal static class SourcesCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "sources",
            "Looks at the databases that the project reads.",
            "sluice sources check",
            "sluice sources freshness"
        );
        command.Add(Check());
        command.Add(FreshnessCommand.Create());
        return command;
    }

    private static ExampleCommand Check()
    {
        var command = new ExampleCommand(
            "check",
            "Connects to the sources, lists their tables, and says what is missing.",
            "sluice sources check",
            "sluice sources check app"
        );
        var name = new Argument<string?>("SOURCE")
        {
            Description = "A source of sluice.yaml. By default all.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Add(name);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var wanted = parsed.GetValue(name);
                var sources = sluice
                    .Project.Sources.Where(source => source.Kind != SourceKind.Import)
                    .Where(source => wanted is null || source.Name == wanted)
                    .ToList();
                if (sources.Count == 0)
                {
                    throw new Core.DefinitionException(
                        wanted is null ? "The project has no source to connect to." : $"There is no source '{wanted}'.",
                        "Sources are named under sources: in sluice.yaml."
                    );
                }

                var factory = new SourceFactory(sluice.Clock);
                var allRight = true;
                foreach (var source in sources)
                {
                    allRight &= await SourceCheck.ShowAsync(source, factory, cancellationToken);
                }

                return allRight ? ExitCode.Done : ExitCode.Failed;
            }
        );
        return command;
    }
}
