using Sluice.Core.Builds;
using Sluice.Core.Models.Building;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Planning;

/// <summary>Decides what a run does with each model, from the lake and the builds alone.</summary>
/// <param name="ports">The lake and the engine.</param>
/// <param name="inputs">What the models read.</param>
/// <param name="before">The builds that a table may be taken from.</param>
/// <param name="fullRefresh">Whether everything is to be built anew.</param>
internal sealed class ModelPlanner(ModelingPorts ports, ModelInputs inputs, EarlierBuilds before, bool fullRefresh)
{
    private readonly Dictionary<string, PlannedModel> _planned = new(StringComparer.Ordinal);

    /// <summary>Plans all models, each after those it reads.</summary>
    /// <param name="models">The models, in order.</param>
    /// <param name="selected">Those that may be built; the others are taken from the interval's newest build.</param>
    /// <param name="cancellationToken">Stops the reading of logs.</param>
    /// <exception cref="PipelineException">A raw table has no copy for the interval, or a model that was not selected was never built.</exception>
    public async Task<ModelPlan> RunAsync(
        IReadOnlyList<ModelDefinition> models,
        IReadOnlySet<string> selected,
        CancellationToken cancellationToken
    )
    {
        foreach (var model in models)
        {
            _planned[model.Name] =
                selected.Contains(model.Name) || model.Config.Materialized == Materialization.Ephemeral
                    ? await PlanAsync(model, cancellationToken)
                    : await TakeOverAsync(model, cancellationToken);
        }

        return new([.. models.Select(model => _planned[model.Name])]);
    }

    private async Task<PlannedModel> PlanAsync(ModelDefinition model, CancellationToken cancellationToken)
    {
        var record = RecordOf(model);
        if (model.Config.Materialized == Materialization.Ephemeral)
        {
            return new(model, PlanAction.Inline, "ephemeral", record);
        }

        var isIncremental = model.Config.Materialized == Materialization.Incremental;
        if (!fullRefresh)
        {
            // An incremental table of a later interval has rows that are not this one's.
            foreach (var build in isIncremental ? before.UpToInterval : before.Candidates)
            {
                if (
                    build.Models.TryGetValue(model.Name, out var known)
                    && known.Fingerprint == record.Fingerprint
                    && await FindAsync(build, model, cancellationToken) is { } same
                )
                {
                    var isChecked = known.Checks == record.Checks;
                    return new(
                        model,
                        isChecked ? PlanAction.Keep : PlanAction.Check,
                        isChecked ? "nothing changed" : "tests changed",
                        record with
                        {
                            Content = known.Content,
                        }
                    )
                    {
                        Before = same,
                        IsOfInterval = build == before.OfInterval,
                    };
                }
            }
        }

        var basis = isIncremental && !fullRefresh ? await BasisAsync(model, cancellationToken) : null;
        return new(
            model,
            basis is null ? PlanAction.Build : PlanAction.Add,
            fullRefresh ? "asked for by --full-refresh" : ReasonOf(model, record),
            basis is { } added
                ? record with
                {
                    Content = ModelFingerprint.OfTexts(record.Fingerprint, added.Content, inputs.Interval.Id),
                }
                : record
        )
        {
            Before = basis?.Table,
        };
    }

    private ModelRecord RecordOf(ModelDefinition model)
    {
        var inputsOf = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in model.Sources)
        {
            inputsOf[source.ToString()] = ModelFingerprint.OfSource(inputs.Source(source));
        }

        foreach (var name in model.Refs)
        {
            inputsOf[TableId.Mart(name).ToString()] = _planned[name].Record.Content;
        }

        var statement = ModelFingerprint.OfTexts(inputs.TextsOf(model));
        var fingerprint = ModelFingerprint.Of(ports.Engine.Name, statement, inputsOf);
        return new(
            fingerprint,
            fingerprint,
            statement,
            ModelFingerprint.OfTexts(inputs.TextsOfChecks(model)),
            inputsOf
        );
    }

    private string ReasonOf(ModelDefinition model, ModelRecord record)
    {
        var known = before
            .Candidates.Select(build => build.Models.GetValueOrDefault(model.Name))
            .FirstOrDefault(found => found is not null);
        if (known is null)
        {
            return "not built yet";
        }

        if (known.Statement != record.Statement)
        {
            return model.Seed is null ? "SQL changed" : "file changed";
        }

        var changed = record
            .Inputs.Where(input => known.Inputs.GetValueOrDefault(input.Key) != input.Value)
            .Select(input => TableId.Parse(input.Key))
            .Select(TableName.Of)
            .ToList();
        return changed.Count == 0 ? "its table is gone" : $"changed: {string.Join(", ", changed)}";
    }

    // What a run of a later interval added is not part of this one.
    private async Task<(TableSnapshot Table, string Content)?> BasisAsync(
        ModelDefinition model,
        CancellationToken cancellationToken
    )
    {
        foreach (var build in before.UpToInterval)
        {
            if (await FindAsync(build, model, cancellationToken) is { } basis)
            {
                return (basis, build.Models[model.Name].Content);
            }
        }

        return null;
    }

    private async Task<PlannedModel> TakeOverAsync(ModelDefinition model, CancellationToken cancellationToken)
    {
        var table = TableId.Mart(model.Name);
        if (before.OfInterval is not { } build || !build.Tables.ContainsKey(table))
        {
            throw new PipelineException(
                $"The model {model.Name} has not been built for {inputs.Interval.Ds} yet, and a build needs every model."
            )
            {
                Hint = $"Run 'sluice model --date {inputs.Interval.Ds}' once without names.",
            };
        }

        var snapshot = await BuildSnapshot.ReadAsync(ports.Store, build, table, cancellationToken);
        return new(model, PlanAction.Keep, "not asked for", build.Models[model.Name])
        {
            Before = snapshot,
            IsOfInterval = true,
        };
    }

    private async Task<TableSnapshot?> FindAsync(
        Build build,
        ModelDefinition model,
        CancellationToken cancellationToken
    ) =>
        build.Tables.ContainsKey(TableId.Mart(model.Name))
            ? await BuildSnapshot.FindAsync(ports.Store, build, TableId.Mart(model.Name), cancellationToken)
            : null;
}
