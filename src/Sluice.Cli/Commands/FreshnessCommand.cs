using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Core;
using Sluice.Core.Models.Freshness;
using Sluice.Core.Models.Properties;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice sources freshness</c>: whether raw tables are as fresh as their <c>schema.yml</c> asks.</summary>
internal static class FreshnessCommand
{
    private static readonly ListOutput Output = new("table", "newest", "age", "status", "warn_after", "error_after");

    public static Command Create()
    {
        var command = new ExampleCommand(
            "freshness",
            "Says how old the newest row of each raw table is that has freshness: in a schema.yml; ends with 1 if one is too old.",
            "sluice sources freshness",
            "sluice sources freshness app.events --format json"
        );
        var name = new Argument<string?>("SOURCE")
        {
            Description = "A source, or one of its tables as source.table. By default all.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var format = Shared.Format();
        command.Add(name);
        command.Add(format);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var tables = Select(sluice.Project.SourceProperties, parsed.GetValue(name));
                var check = new FreshnessCheck(sluice.Ports.Store, sluice.Ports.Engine, sluice.Clock);
                var results = new List<FreshnessResult>();
                foreach (var table in tables)
                {
                    results.Add(await check.RunAsync(table.Table, table.Freshness!, cancellationToken));
                }

                var asked = Shared.FormatOf(parsed, format);
                Output.Write(results.Select(result => Row(result, asked)), asked);
                return results.Any(result => result.Status == FreshnessStatus.Error) ? ExitCode.Failed : ExitCode.Done;
            }
        );
        return command;
    }

    private static List<SourceProperties> Select(IReadOnlyList<SourceProperties> sources, string? wanted)
    {
        var asked = sources.Where(source => source.Freshness is not null).ToList();
        if (asked.Count == 0)
        {
            throw new DefinitionException(
                "No raw table says how fresh it must be.",
                "Write it in a schema.yml, at a source or one of its tables: loaded_at_field: created_at, freshness: {error_after: {count: 1, period: day}}."
            );
        }

        var selected = asked
            .Where(source => wanted is null || source.Table.Schema == wanted || source.Table.FullName == wanted)
            .ToList();
        return selected.Count > 0
            ? selected
            : throw new DefinitionException(
                $"No table of '{wanted}' says how fresh it must be.",
                Nearest.Suggest(
                    wanted!,
                    asked.SelectMany(source => new[] { source.Table.Schema, source.Table.FullName }).Distinct()
                )
            );
    }

    private static object?[] Row(FreshnessResult result, OutputFormat format)
    {
        return
        [
            result.Table.FullName,
            InstantText.Of(result.NewestMicros),
            Span(result.Age),
            result.Status.ToString().ToLowerInvariant(),
            Span(result.Limits.WarnAfter),
            Span(result.Limits.ErrorAfter),
        ];

        // Seconds for programs.
        object? Span(TimeSpan? span) =>
            span is not { } known ? null
            : format == OutputFormat.Table ? ValueText.Span(known)
            : (long)known.TotalSeconds;
    }
}
