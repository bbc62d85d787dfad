using System.CommandLine;
using Sluice.Core.Models;
using Sluice.Core.Models.Selection;
using Sluice.Core.Pipelines;
using Sluice.Core.Time;
using Sluice.Project.Models;

namespace Sluice.Cli.Commands.Models;

/// <summary>Which models are meant, and how they are rendered and built: in dbt's words.</summary>
internal sealed class ModelOptions
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Models to build, as --select; the others are taken from the day's newest build. By default all.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _select = new("--select", "-s")
    {
        Description =
            "dim_user, +dim_user, dim_user+, tag:nightly, path:models/staging, source:app.users+, state:modified.",
        HelpName = "CRITERIA",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _exclude = new("--exclude")
    {
        Description = "What is left out of the selection.",
        HelpName = "CRITERIA",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _vars = new("--vars")
    {
        Description = "Values of var(), as YAML or JSON: '{first_day: 2015-01-01}'.",
        HelpName = "MAP",
    };

    private readonly Option<string> _target = new("--target", "-t")
    {
        Description = "What target.name gives.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "dev",
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "How many models are built side by side; each has its part of the engine's memory.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _fullRefresh = Shared.FullRefresh();

    public ModelOptions() =>
        _threads.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < 1 or > 256)
            {
                result.AddError("--threads takes a number from 1 to 256.");
            }
        });

    public void AddTo(Command command)
    {
        command.Add(_names);
        command.Add(_select);
        command.Add(_exclude);
        command.Add(_fullRefresh);
        command.Add(_vars);
        command.Add(_threads);
        command.Add(_target);
    }

    /// <summary>The values of <c>--vars</c>.</summary>
    public IReadOnlyDictionary<string, object?> VariablesOf(ParseResult parsed) =>
        parsed.GetValue(_vars) is { } text ? ModelVariables.Parse(text) : new Dictionary<string, object?>();

    /// <summary>How the models are to be built.</summary>
    public RunOptions RunOptionsOf(ParseResult parsed) =>
        new(FullRefresh: parsed.GetValue(_fullRefresh))
        {
            Variables = VariablesOf(parsed),
            TargetName = parsed.GetValue(_target)!,
            Threads = parsed.GetValue(_threads),
        };

    /// <summary>The models that are meant; null for all.</summary>
    public async Task<IReadOnlySet<string>?> SelectedAsync(
        Composition sluice,
        DataInterval interval,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        string[] select = [.. parsed.GetValue(_names) ?? [], .. parsed.GetValue(_select) ?? []];
        var exclude = parsed.GetValue(_exclude) ?? [];
        if (select.Length == 0 && exclude.Length == 0)
        {
            return null;
        }

        var options = RunOptionsOf(parsed);
        var scope = new ModelScope(interval, sluice.Ports.Engine.Name)
        {
            Variables = options.Variables,
            TargetName = options.TargetName,
        };
        var current = await sluice.Builds.CurrentAsync(cancellationToken);
        return new ModelSelection(sluice.Project.Models, ModelChanges.Since(sluice.Project, scope, current)).Run(
            select,
            exclude
        );
    }
}
