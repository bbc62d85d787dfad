using Sluice.Core.Builds;
using Sluice.Core.Catalog;
using Sluice.Core.Models;
using Sluice.Core.Models.Building;
using Sluice.Core.Models.Planning;
using Sluice.Core.Models.Testing;
using Sluice.Core.Projects;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.DuckDb;
using Sluice.Lake.Builds;
using Sluice.Lake.Delta;

namespace Sluice.IntegrationTests.Models;

/// <summary>A lake of one raw table, <c>app.events</c>, and models that are given as functions: no project folder around it.</summary>
internal sealed class ModelLab : IDisposable
{
    private static readonly TableId Events = TableId.Raw("app", "events");
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-models-").FullName;
    private readonly DuckDbEngine _engine = new(new DuckDbOptions { MemoryMiB = 256, Threads = 1 });
    private readonly DeltaTableStore _store;

    public ModelLab()
    {
        _store = new(State, TimeProvider.System);
        Ports = new(_store, new FileBuildStore(State, TimeZoneInfo.Utc), _engine, TimeProvider.System)
        {
            Failures = new TestFailureFolder(State),
        };
    }

    public string State => Path.Combine(_folder, ".sluice");

    public ModelingPorts Ports { get; }

    public List<ModelDefinition> Models { get; } = [];

    public List<DataTest> OtherTests { get; } = [];

    /// <summary>The day of May 2015.</summary>
    public static DataInterval Day(int day) => DataInterval.OfDay(new DateOnly(2015, 5, day), TimeZoneInfo.Utc);

    /// <summary>A SELECT over <c>app.events</c> and other models.</summary>
    public static ModelDefinition Model(
        string name,
        Func<ModelScope, string> render,
        ModelConfig? config = null,
        params string[] refs
    ) =>
        new()
        {
            Name = name,
            File = $"models/{name}.sql",
            Refs = refs,
            Sources = [Events],
            Render = render,
            Config = config ?? new(),
        };

    /// <summary>Loads the rows of a SELECT with the number of the day as the day's copy of <c>app.events</c>; models see all copies.</summary>
    public async Task LoadAsync(int day, string select)
    {
        await using var staging = await _store.StageAsync(Events);
        var made = await _engine.MaterializeAsync(
            new SqlQuery($"select *, {day} as day from ({select})", []),
            staging.Folder,
            "rows"
        );
        await _store.CommitAsync(
            Events,
            new TableCommit
            {
                Interval = Day(day),
                Token = TaskToken.Unfenced(TaskToken.ExtractOf(Day(day))),
                Replaces = ReplaceScope.Interval,
                Schema = made.Schema,
                Files = made.Files,
                Partitioned = false,
            }
        );
    }

    /// <summary>Builds all models for a day, tests them and publishes.</summary>
    public async Task<(ModelPlan Plan, Build Build)> BuildAsync(
        int day,
        bool fullRefresh = false,
        params string[] selected
    )
    {
        var run = await StartAsync(day, fullRefresh, selected);
        foreach (var planned in run.Plan.Models)
        {
            await run.BuildAsync(planned.Model);
        }

        await run.TestAsync();
        return (run.Plan, (await run.PublishAsync(promote: false)).Build);
    }

    public Task<ModelingRun> StartAsync(int day, bool fullRefresh = false, params string[] selected) =>
        ModelingRun.StartAsync(
            Ports,
            Project(),
            Day(day),
            new() { FullRefresh = fullRefresh, Selected = selected.Length == 0 ? null : selected.ToHashSet() }
        );

    /// <summary>The rows of a SELECT over a build, each as its values with spaces between, ordered.</summary>
    public async Task<string> ReadAsync(Build build, string select)
    {
        await using var result = await _engine.QueryAsync(await BuildTables.QueryAsync(_store, build, select));
        var rows = new List<string>();
        while (await result.ReadAsync())
        {
            rows.Add(
                string.Join(
                    ' ',
                    Enumerable
                        .Range(0, result.Rows.FieldCount)
                        .Select(at => result.Rows.IsDBNull(at) ? "null" : $"{result.Rows.GetValue(at)}")
                )
            );
        }

        rows.Sort(StringComparer.Ordinal);
        return string.Join(", ", rows);
    }

    public Task<TableSnapshot?> NewestAsync(string model) => _store.ReadAsync(TableId.Mart(model));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public ProjectDefinition Project() =>
        new()
        {
            Name = "lab",
            Root = _folder,
            Sources = [],
            TablesOfAllCopies = new HashSet<TableId> { Events },
            Models = ModelGraph.Create(Models, [Events], []),
            OtherTests = OtherTests,
        };
}
