using Sluice.Core.Tables;

namespace Sluice.Core.Models;

/// <summary>The models in an order in which each comes after those it reads.</summary>
public sealed class ModelGraph
{
    private ModelGraph(IReadOnlyList<ModelDefinition> ordered) => Ordered = ordered;

    /// <summary>All models; of those that may come next, the first by name.</summary>
    public IReadOnlyList<ModelDefinition> Ordered { get; }

    /// <summary>Orders the models.</summary>
    /// <param name="models">All models of the project.</param>
    /// <param name="rawTables">Raw tables that <c>source</c> may name; a source of kind import knows its tables only at run time.</param>
    /// <param name="openSources">Sources whose tables are known only at run time.</param>
    /// <exception cref="DefinitionException">A model reads what is not there, or the models form a circle.</exception>
    public static ModelGraph Create(
        IReadOnlyList<ModelDefinition> models,
        IReadOnlyCollection<TableId> rawTables,
        IReadOnlyCollection<string> openSources
    )
    {
        ArgumentNullException.ThrowIfNull(models);
        var problems = models.SelectMany(model => Unknown(model, models, rawTables, openSources)).ToList();
        if (problems.Count > 0)
        {
            throw new DefinitionException(problems);
        }

        var waiting = models.OrderBy(model => model.Name, StringComparer.Ordinal).ToList();
        var ordered = new List<ModelDefinition>();
        while (waiting.Count > 0)
        {
            var ready = waiting.Find(model => !model.Refs.Any(name => waiting.Exists(other => Is(other, name))));
            if (ready is null)
            {
                throw new DefinitionException([Circle(waiting)]);
            }

            waiting.Remove(ready);
            ordered.Add(ready);
        }

        return new(ordered);
    }

    /// <summary>The model of that name.</summary>
    /// <exception cref="DefinitionException">There is none.</exception>
    public ModelDefinition Get(string name) =>
        Ordered.FirstOrDefault(model => Is(model, name))
        ?? throw new DefinitionException(
            $"There is no model '{name}'.",
            Nearest.Suggest(name, Ordered.Select(model => model.Name))
        );

    /// <summary>All models that a model reads, directly or through others.</summary>
    public IReadOnlySet<string> UpstreamOf(string name)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(Get(name).Refs);
        while (waiting.TryDequeue(out var next))
        {
            if (found.Add(next))
            {
                Get(next).Refs.ToList().ForEach(waiting.Enqueue);
            }
        }

        return found;
    }

    private static bool Is(ModelDefinition model, string name) => model.Name == name;

    private static IEnumerable<Diagnostic> Unknown(
        ModelDefinition model,
        IReadOnlyList<ModelDefinition> models,
        IReadOnlyCollection<TableId> rawTables,
        IReadOnlyCollection<string> openSources
    )
    {
        foreach (var name in model.Refs.Where(name => !models.Any(other => Is(other, name))))
        {
            yield return new(
                model.File,
                LineOf(model, "ref", name),
                $"ref('{name}') names no model.",
                Nearest.Suggest(name, models.Select(other => other.Name))
            );
        }

        foreach (
            var table in model.Sources.Where(table => !rawTables.Contains(table) && !openSources.Contains(table.Schema))
        )
        {
            var known = rawTables.Select(raw => raw.FullName);
            yield return new(
                model.File,
                LineOf(model, "source", table.Name),
                $"source('{table.Schema}', '{table.Name}') names no table of sluice.yaml.",
                Nearest.Suggest(table.FullName, known)
            );
        }
    }

    // Where the file has the call in so many words; 0 where a macro makes it.
    private static int LineOf(ModelDefinition model, string function, string name) =>
        1
        + Array.FindIndex(
            model.RawSql.Split('\n'),
            line =>
                line.Contains(function, StringComparison.Ordinal)
                && (
                    line.Contains($"'{name}'", StringComparison.Ordinal)
                    || line.Contains($"\"{name}\"", StringComparison.Ordinal)
                )
        );

    private static Diagnostic Circle(List<ModelDefinition> waiting)
    {
        // Every waiting model reads another waiting one, so following them must come back to one seen before.
        var path = new List<ModelDefinition> { waiting[0] };
        while (true)
        {
            var next = waiting.Find(model => path[^1].Refs.Contains(model.Name, StringComparer.Ordinal))!;
            var seen = path.IndexOf(next);
            path.Add(next);
            if (seen >= 0)
            {
                return new(
                    next.File,
                    0,
                    $"Models read each other in a circle: {string.Join(" → ", path.Skip(seen).Select(model => model.Name))}."
                );
            }
        }
    }
}
