using System.CommandLine;
using Sluice.Core;
using Sluice.Core.Models;
using Sluice.Project.Models;

namespace Sluice.Cli.Commands.Models;

/// <summary><c>sluice model render</c>: the statement of a model.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "render",
            "Prints the statement that a model's template becomes.",
            "sluice model render dim_user",
            "sluice model render fact_page_visit --engine spark --incremental"
        );
        var name = new Argument<string>("NAME") { Description = "The model." };
        var engine = new Option<string>("--engine")
        {
            Description = "What target.type gives: duckdb or spark.",
            HelpName = "ENGINE",
            DefaultValueFactory = _ => "duckdb",
        };
        engine.AcceptOnlyFromAmong("duckdb", "spark");
        var incremental = new Option<bool>("--incremental")
        {
            Description = "As on a table that is there: is_incremental() is true.",
        };
        var vars = new Option<string?>("--vars")
        {
            Description = "Values of var(), as YAML or JSON.",
            HelpName = "MAP",
        };
        var date = Shared.Date();
        command.Add(name);
        command.Add(engine);
        command.Add(incremental);
        command.Add(vars);
        command.Add(date);
        command.SetAction(parsed =>
        {
            var variables = parsed.GetValue(vars) is { } text
                ? ModelVariables.Parse(text)
                : new Dictionary<string, object?>();
            var sluice = Composition.Open(parsed.GetValue(Shared.Project), variables);
            var model = sluice.Project.Models.Get(parsed.GetValue(name)!);
            if (model.Seed is not null)
            {
                throw new DefinitionException(
                    $"The seed {model.Name} has no statement: its rows are those of {model.File}."
                );
            }

            var interval = Shared.IntervalOf(parsed.GetValue(date), sluice.Project.TimeZone, sluice.Clock);
            var scope = new ModelScope(interval, parsed.GetValue(engine)!)
            {
                IsIncremental = parsed.GetValue(incremental),
                Variables = variables,
            };
            Console.Out.WriteLine(model.Render(scope).Trim());
            return ExitCode.Done;
        });
        return command;
    }
}
