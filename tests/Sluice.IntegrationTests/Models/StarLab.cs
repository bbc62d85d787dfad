using System.Globalization;
using Sluice.Core.Builds;
using Sluice.Core.Catalog;
using Sluice.Core.Extraction;
using Sluice.Core.Funnels;
using Sluice.Core.Models;
using Sluice.Core.Models.Building;
using Sluice.Core.Models.Planning;
using Sluice.Core.Projects;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.DuckDb;
using Sluice.Lake.Builds;
using Sluice.Lake.Delta;
using Sluice.Project;

namespace Sluice.IntegrationTests.Models;

/// <summary>The shipped models over a lake that is filled by hand: the visits and what they read, without their tests.</summary>
internal sealed class StarLab : IDisposable
{
    private static readonly string[] Names =
    [
        "dim_page",
        "dim_user",
        "dim_user_current",
        "fact_page_visit",
        "fact_session",
    ];
    private static readonly TableId Users = TableId.Raw("app", "users");
    private static readonly TableId Events = TableId.Raw("app", "events");
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-star-").FullName;
    private readonly DuckDbEngine _engine = new(new DuckDbOptions { MemoryMiB = 256, Threads = 1 });
    private readonly DeltaTableStore _store;
    private readonly ModelingPorts _ports;
    private readonly ProjectDefinition _project;
    private readonly StarWorld _world;
    private readonly bool _isLog;

    /// <summary>Makes an empty lake.</summary>
    /// <param name="world">What there is to load.</param>
    /// <param name="isLog">Whether events are a log of changes; else every day has a copy of all there were until then.</param>
    public StarLab(StarWorld world, bool isLog)
    {
        (_world, _isLog) = (world, isLog);
        _store = new(_folder, TimeProvider.System);
        _ports = new(_store, new FileBuildStore(_folder, TimeZoneInfo.Utc), _engine, TimeProvider.System);
        var shop = ProjectLoader.Load(Path.Combine(Repository.Root, "samples", "ecommerce")).Definition;
        _project = shop with
        {
            OtherTests = [],
            Events = new Dictionary<string, EventTable>(),
            Models = ModelGraph.Create(
                [.. Names.Select(name => shop.Models.Get(name) with { Tests = [], UnitTests = [] })],
                [Users, Events],
                []
            ),
        };
    }

    /// <summary>Loads a day as if its extraction ran now.</summary>
    public async Task LoadAsync(int day)
    {
        await CommitAsync(Users, day, _world.UsersOf(day), log: null);
        await CommitAsync(
            Events,
            day,
            _world.EventsOf(_isLog ? day : 1, day),
            _isLog ? new ChangeLog(["event_id"], "event_id") : null
        );
    }

    /// <summary>Builds the models for a day.</summary>
    /// <returns>The build, and what became of fact_page_visit.</returns>
    public async Task<(Build Build, PlanAction Visits)> BuildAsync(int day, bool fullRefresh = false)
    {
        var run = await ModelingRun.StartAsync(_ports, _project, Day(day), new() { FullRefresh = fullRefresh });
        foreach (var planned in run.Plan.Models)
        {
            await run.BuildAsync(planned.Model);
        }

        return ((await run.PublishAsync(promote: false)).Build, run.Plan.Of("fact_page_visit").Action);
    }

    /// <summary>All rows of the tables of a build, one line each, in order.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(Build build)
    {
        var rows = new List<string>();
        foreach (var name in Names)
        {
            var query = await BuildTables.QueryAsync(
                _store,
                build,
                $"select '{name}', t::varchar from {name} t order by 2"
            );
            await using var result = await _engine.QueryAsync(query);
            while (await result.ReadAsync())
            {
                rows.Add($"{result.Rows.GetString(0)} {result.Rows.GetString(1)}");
            }
        }

        return rows;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static DataInterval Day(int day) => DataInterval.OfDay(new DateOnly(2015, 5, day), TimeZoneInfo.Utc);

    private async Task CommitAsync(TableId table, int day, string select, ChangeLog? log)
    {
        await using var staging = await _store.StageAsync(table);
        var made = await _engine.MaterializeAsync(
            new SqlQuery(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"select *, 'upsert' as _op, timestamptz '2015-06-01 00:00:00+00' as _extracted_at, cast({day} as bigint) as _seq from ({select})"
                ),
                []
            ),
            staging.Folder,
            "rows"
        );
        await _store.CommitAsync(
            table,
            new TableCommit
            {
                Interval = Day(day),
                Token = TaskToken.Unfenced(TaskToken.ExtractOf(Day(day))),
                Replaces = ReplaceScope.Interval,
                Schema = RawColumns.ForTable(made.Schema),
                Files = made.Files,
                Partitioned = true,
                Log = log,
            }
        );
    }
}
