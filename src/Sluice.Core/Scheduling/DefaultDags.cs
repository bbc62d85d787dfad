using Sluice.Core.Extraction;
using Sluice.Core.Models.Testing;
using Sluice.Core.Projects;
using Sluice.Core.Scheduling.Timetables;

namespace Sluice.Core.Scheduling;

/// <summary>The pair of DAGs that follows from a project's tables and models.</summary>
public static class DefaultDags
{
    /// <summary>The DAG that loads the sources.</summary>
    public const string FunnelPipeline = "funnel_pipeline";

    /// <summary>The DAG that builds the models once the sources are loaded.</summary>
    public const string DimensionModeling = "dimension_modeling";

    /// <summary>The last task of <see cref="FunnelPipeline"/>, which the other DAG waits for.</summary>
    public const string ExtractionComplete = "funnel_extraction_complete";

    /// <summary>The first task of <see cref="DimensionModeling"/>.</summary>
    public const string Wait = "wait_for_funnel_pipeline";

    /// <summary>The task that pins what models read.</summary>
    public const string Start = "start_dimension_modeling";

    /// <summary>The task of the tests that read several models.</summary>
    public const string Tests = "data_tests";

    /// <summary>The task that publishes what models made.</summary>
    public const string Publish = "publish_build";

    internal static TaskWork.WaitFor WaitForLoads { get; } = new(FunnelPipeline, ExtractionComplete);

    /// <summary>Both, run for each local day once the source that lags most can be read to its end.</summary>
    public static IReadOnlyList<DagDefinition> Of(ProjectDefinition project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return
        [
            .. new[] { Extraction(project), Modeling(project) }.Select(dag =>
                dag with
                {
                    Timetable = CronTimetable.Daily(project.TimeZone),
                    TimeZone = project.TimeZone,
                    Delay = SafetyLag(project.Sources),
                    // The source comes first, and models share the memory of the machine.
                    MaxActiveTasks = 1,
                }
            ),
        ];
    }

    /// <summary>How long after the end of an interval all of these sources can be read.</summary>
    public static TimeSpan SafetyLag(IEnumerable<SourceDefinition> sources) =>
        sources
            .Where(source => source.Kind != SourceKind.Import)
            .Select(source => source.SafetyLag)
            .DefaultIfEmpty()
            .Max();

    /// <summary>One load task per table, then a point that says that all are there.</summary>
    public static DagDefinition Extraction(ProjectDefinition project)
    {
        ArgumentNullException.ThrowIfNull(project);
        var sources = project.Sources.Where(source => source.Kind != SourceKind.Import).ToList();
        var names = new TaskNames();
        var loads = sources
            .SelectMany(source => source.Tables.Select(table => (Source: source, Table: table)))
            .Select(pair => new TaskDefinition(
                names.Unique(
                    sources.Count == 1 ? $"load_{pair.Table.Name}" : $"load_{pair.Source.Name}_{pair.Table.Name}"
                ),
                new TaskWork.Extract(pair.Source.Name, pair.Table.Name),
                []
            ))
            .ToList();
        return new(
            FunnelPipeline,
            [.. loads, new(ExtractionComplete, new TaskWork.Empty(), [.. loads.Select(load => load.Id)])]
        );
    }

    /// <summary>Wait for the loads, pin them, one task per model after the models it reads, one per event table, and one build of all.</summary>
    public static DagDefinition Modeling(ProjectDefinition project)
    {
        ArgumentNullException.ThrowIfNull(project);
        var names = new TaskNames();
        names.Unique(Wait);
        names.Unique(Start);
        names.Unique(Publish);
        names.Unique(Tests);
        var idOf = project.Models.Ordered.ToDictionary(
            model => model.Name,
            model => names.Unique(model.Name),
            StringComparer.Ordinal
        );
        var models = project.Models.Ordered.Select(model => new TaskDefinition(
            idOf[model.Name],
            new TaskWork.Model(model.Name),
            model.Refs.Count == 0 ? [Start] : [.. model.Refs.Select(name => idOf[name])]
        ));
        var users = project.Users is { } properties && idOf.ContainsKey(properties.Table) ? properties.Table : null;
        var indexes = project
            .Events.Where(events => events.Value.Time is not null && idOf.ContainsKey(events.Key))
            .Select(events => events.Key)
            .Order(StringComparer.Ordinal)
            .Select(table => new TaskDefinition(
                names.Unique($"journeys_{table}"),
                new TaskWork.Index(table),
                users is null || users == table ? [idOf[table]] : [idOf[table], idOf[users]]
            ))
            .ToList();
        TaskDefinition[] tests =
            TestPlaces.Late(project).Count == 0 ? [] : [new(Tests, new TaskWork.DataTests(), [Start, .. idOf.Values])];
        return new(
            DimensionModeling,
            [
                new(Wait, WaitForLoads, []),
                new(Start, new TaskWork.PinInputs(), [Wait]),
                .. models,
                .. indexes,
                .. tests,
                new(
                    Publish,
                    new TaskWork.PublishBuild(),
                    [Start, .. idOf.Values, .. indexes.Select(index => index.Id), .. tests.Select(test => test.Id)]
                ),
            ]
        );
    }
}
