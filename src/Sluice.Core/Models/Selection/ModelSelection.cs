namespace Sluice.Core.Models.Selection;

/// <summary>Selects models by dbt's notation: <c>+dim_user</c>, <c>tag:nightly</c>, <c>source:app.users+</c>, <c>state:modified</c>.</summary>
/// <param name="graph">All models.</param>
/// <param name="changeOf">Compares a model with the newest build.</param>
public sealed class ModelSelection(ModelGraph graph, Func<ModelDefinition, ModelChange> changeOf)
{
    /// <summary>The models that any of <paramref name="select"/> means, without those that any of <paramref name="exclude"/> means.</summary>
    /// <param name="select">Criteria; several in one text are split at spaces. None means all.</param>
    /// <param name="exclude">The same, for what is left out.</param>
    /// <exception cref="DefinitionException">A criterion is not understood or means no model, or nothing is left.</exception>
    public IReadOnlySet<string> Run(IEnumerable<string> select, IEnumerable<string> exclude)
    {
        ArgumentNullException.ThrowIfNull(select);
        ArgumentNullException.ThrowIfNull(exclude);
        var wanted = Split(select).ToList();
        var selected =
            wanted.Count == 0
                ? graph.Ordered.Select(model => model.Name).ToHashSet(StringComparer.Ordinal)
                : wanted.SelectMany(UnionMember).ToHashSet(StringComparer.Ordinal);
        selected.ExceptWith(Split(exclude).SelectMany(UnionMember));
        return selected.Count > 0
            ? selected
            : throw new DefinitionException(
                "The selection leaves no model.",
                "Write less into --exclude, or other criteria into --select."
            );
    }

    private static IEnumerable<string> Split(IEnumerable<string> texts) =>
        texts.SelectMany(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // Criteria with commas between must all hold.
    private IEnumerable<string> UnionMember(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => Expand(SelectionCriterion.Parse(part)))
            .Aggregate(
                (IEnumerable<string>?)null,
                (all, part) => all is null ? part : all.Intersect(part, StringComparer.Ordinal)
            )
        ?? [];

    private HashSet<string> Expand(SelectionCriterion criterion)
    {
        var found = Find(criterion);
        var all = found.ToHashSet(StringComparer.Ordinal);
        Walk(found, criterion.Upstream, name => graph.Get(name).Refs);
        var before = all.ToHashSet(StringComparer.Ordinal);
        Walk(found, criterion.Downstream, ReadersOf);
        if (criterion.WithAllUpstream)
        {
            Walk([.. all.Except(before, StringComparer.Ordinal), .. found], int.MaxValue, name => graph.Get(name).Refs);
        }

        return all;

        void Walk(IReadOnlyCollection<string> from, int depth, Func<string, IEnumerable<string>> next)
        {
            var level = from;
            for (var step = 0; step < depth && level.Count > 0; step++)
            {
                level = [.. level.SelectMany(next).Distinct(StringComparer.Ordinal).Where(all.Add)];
            }
        }
    }

    private IEnumerable<string> ReadersOf(string name) =>
        graph.Ordered.Where(model => model.Refs.Contains(name, StringComparer.Ordinal)).Select(model => model.Name);

    private List<string> Find(SelectionCriterion criterion)
    {
        var found = graph.Ordered.Where(model => Matches(model, criterion)).Select(model => model.Name).ToList();
        // Nothing need have changed; whoever names something means it.
        return found.Count > 0 || criterion.Method == "state"
            ? found
            : throw new DefinitionException(
                criterion.Method == "name"
                    ? $"There is no model '{criterion.Value}'."
                    : $"'{criterion.Text}' selects no model.",
                Hint(criterion)
            );
    }

    private string Hint(SelectionCriterion criterion) =>
        criterion.Method switch
        {
            "tag" => Nearest.Suggest(criterion.Value, graph.Ordered.SelectMany(model => model.Config.Tags).Distinct()),
            "source" => Nearest.Suggest(
                criterion.Value,
                graph.Ordered.SelectMany(model => model.Sources).Select(table => table.FullName).Distinct()
            ),
            "name" => Nearest.Suggest(criterion.Value, graph.Ordered.Select(model => model.Name)),
            _ => "See 'sluice model plan' for all models.",
        };

    private bool Matches(ModelDefinition model, SelectionCriterion criterion) =>
        criterion.Method switch
        {
            "tag" => model.Config.Tags.Any(tag => Glob.IsMatch(criterion.Value, tag)),
            "source" => model.Sources.Any(table =>
                Glob.IsMatch(criterion.Value, table.FullName) || Glob.IsMatch(criterion.Value, table.Schema)
            ),
            "path" => IsUnder(model.File, criterion.Value),
            "file" => Glob.IsMatch(criterion.Value, model.File[(model.File.LastIndexOf('/') + 1)..]),
            "resource_type" => criterion.Value == (model.Seed is null ? "model" : "seed"),
            "config.materialized" => criterion.Value.Equals(
                model.Config.Materialized.ToString(),
                StringComparison.OrdinalIgnoreCase
            ),
            "state" => criterion.Value switch
            {
                "new" => changeOf(model) == ModelChange.New,
                "old" => changeOf(model) != ModelChange.New,
                "modified" => changeOf(model) != ModelChange.None,
                _ => changeOf(model) == ModelChange.None,
            },
            _ => Glob.IsMatch(criterion.Value, model.Name) || IsUnder(model.File, criterion.Value),
        };

    private static bool IsUnder(string file, string folder)
    {
        var path = folder.TrimEnd('/', '*');
        return path.Contains('/', StringComparison.Ordinal)
            && (file == path || file.StartsWith($"{path}/", StringComparison.Ordinal));
    }
}
