using System.Collections.Concurrent;
using Sluice.Core.Models.Testing;
using Sluice.Core.Projects;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Models.Building;

/// <summary>What the models of one run read: the pinned copies of raw tables, and the models that are built. Safe for many threads.</summary>
/// <param name="project">The project.</param>
/// <param name="interval">The interval that is built.</param>
/// <param name="scope">What templates can ask for.</param>
/// <param name="pinned">The versions of the raw tables.</param>
internal sealed class ModelInputs(
    ProjectDefinition project,
    DataInterval interval,
    ModelScope scope,
    IReadOnlyDictionary<TableId, TableSnapshot> pinned
)
{
    private readonly ConcurrentDictionary<TableId, SqlRelation> _copies = new();

    public DataInterval Interval => interval;

    public ProjectDefinition Project => project;

    /// <summary>What templates can ask for.</summary>
    public ModelScope Scope => scope;

    /// <summary>The copy of a raw table that the run means.</summary>
    /// <exception cref="PipelineException">There is none.</exception>
    public SqlRelation Source(TableId table) =>
        _copies.GetOrAdd(
            table,
            asked =>
                SourceCopy.Select(
                    asked,
                    pinned.GetValueOrDefault(asked),
                    interval,
                    project.IsImport(asked.Schema),
                    project.TimeZone,
                    project.TablesOfAllCopies.Contains(asked)
                )
        );

    /// <summary>What a statement reads, each relation after those it reads itself.</summary>
    /// <param name="refs">The models that it reads.</param>
    /// <param name="sources">The raw tables that it reads.</param>
    /// <param name="built">The models that are built.</param>
    public IReadOnlyList<SqlRelation> Of(
        IEnumerable<string> refs,
        IEnumerable<TableId> sources,
        IReadOnlyDictionary<string, BuiltModel> built
    )
    {
        var relations = sources.Select(Source).ToList();
        foreach (var name in refs)
        {
            Add(name);
        }

        return [.. relations.DistinctBy(relation => relation.Table)];

        void Add(string name)
        {
            if (built.TryGetValue(name, out var model))
            {
                relations.Add(model.AsRelation());
                return;
            }

            var inline = project.Models.Get(name);
            relations.AddRange(inline.Sources.Select(Source));
            foreach (var read in inline.Refs)
            {
                Add(read);
            }

            relations.Add(SqlRelation.Of(TableId.Mart(name), inline.Render(scope), inline.OriginOf(scope)));
        }
    }

    /// <summary>All texts that its statement may become, and what else decides its table's rows.</summary>
    public IEnumerable<string> TextsOf(ModelDefinition model)
    {
        var config = model.Config;
        yield return model.Render(scope);
        if (model.Seed is { } seed)
        {
            yield return seed.Digest;
        }

        if (!config.ChecksArithmetic)
        {
            yield return "arithmetic: engine";
        }

        if (config.Materialized == Materialization.Incremental)
        {
            yield return model.Render(scope with { IsIncremental = true });
            yield return $"{config.IncrementalStrategy} {config.OnSchemaChange} {string.Join(',', config.UniqueKey)} {string.Join(',', config.PartitionBy)}";
        }
    }

    /// <summary>All that its tests say.</summary>
    public IEnumerable<string> TextsOfChecks(ModelDefinition model) =>
        model
            .Tests.Select(test =>
                $"{test.Name} {test.Severity} {test.WarnIf} {test.ErrorIf} {test.FailureCount} {test.Limit} {test.Render(scope)}"
            )
            .Concat(model.UnitTests.Select(UnitTestText.Of));
}
