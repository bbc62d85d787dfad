using Sluice.Core;
using Sluice.Core.Builds;
using Sluice.Core.Models;
using Sluice.Core.Models.Building;
using Sluice.Core.Models.Planning;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Pipelines;
using Sluice.Core.Tables;
using Sluice.Lake.Modeling;

namespace Sluice.IntegrationTests.Models;

/// <summary>A run whose tasks are processes of their own: each begins from what the others have written.</summary>
public sealed class ResumedRunTests : IDisposable
{
    private const string Dag = "nightly";

    private readonly ModelLab _lab = new();

    public ResumedRunTests()
    {
        _lab.Models.AddRange([
            ModelLab.Model("a", _ => "select id, name, day from app.events"),
            ModelLab.Model(
                "b",
                scope => $"select *, {scope.Interval.LogicalDate.Day} as built from marts.a",
                refs: "a"
            ),
        ]);
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Tasks_one_by_one_give_what_a_run_in_one_process_gives()
    {
        await _lab.LoadAsync(1, "select 1 as id, 'x' as name");
        await PinAsync(1);
        await ModelAsync(1, "a");
        await ModelAsync(1, "b");

        var (build, alreadyDone) = await PublishAsync(1);

        Assert.False(alreadyDone);
        Assert.Equal("1 x 1 1", await _lab.ReadAsync(build, "select * from b"));
        var (plan, same) = await _lab.BuildAsync(1);
        Assert.All(plan.Models, planned => Assert.Equal(PlanAction.Keep, planned.Action));
        Assert.Equal(build.Number, same.Number);
    }

    [Fact]
    public async Task What_is_loaded_or_published_meanwhile_is_not_part_of_the_run()
    {
        await _lab.LoadAsync(1, "select 1 as id, 'x' as name");
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(1, "select 1 as id, 'y' as name");
        await PinAsync(1);
        await ModelAsync(1, "a");
        await _lab.LoadAsync(1, "select 1 as id, 'z' as name");
        await _lab.BuildAsync(1);
        await ModelAsync(1, "b");

        var (build, _) = await PublishAsync(1);

        Assert.Equal("1 y 1 1", await _lab.ReadAsync(build, "select * from b"));
        Assert.Equal(3, build.Number);
    }

    [Fact]
    public async Task A_model_that_is_built_is_not_built_again_unless_it_is_asked_for()
    {
        await LoadAndPinAsync();
        Assert.False((await ModelAsync(1, "a")).AlreadyDone);
        Assert.True((await ModelAsync(1, "a")).AlreadyDone);
        Assert.Equal(0, (await _lab.NewestAsync("a"))!.Version);

        Assert.False((await ModelAsync(1, "a", again: true)).AlreadyDone);
        await ModelAsync(1, "b");

        Assert.Equal(1, (await PublishAsync(1)).Build.Tables[TableId.Mart("a")].Version);
    }

    [Fact]
    public async Task Of_two_processes_that_build_a_model_at_once_one_result_counts()
    {
        await LoadAndPinAsync();
        var (first, second) = (await ResumeAsync(1), await ResumeAsync(1));
        await first.BuildAsync(_lab.Models[0]);
        await second.BuildAsync(_lab.Models[0]);
        await ModelAsync(1, "b");

        Assert.Equal(1, (await _lab.NewestAsync("a"))!.Version);
        Assert.Equal(0, (await PublishAsync(1)).Build.Tables[TableId.Mart("a")].Version);
    }

    [Fact]
    public async Task A_model_whose_inputs_are_not_built_is_refused()
    {
        await LoadAndPinAsync();

        var refused = await Assert.ThrowsAsync<PipelineException>(() => ModelAsync(1, "b"));
        Assert.Contains("The model a is not built yet", refused.Message, StringComparison.Ordinal);
        await ModelAsync(1, "a");
        refused = await Assert.ThrowsAsync<PipelineException>(() => PublishAsync(1));
        Assert.Contains("The model b is not built yet", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_was_mended_is_built_alone_and_what_it_reads_stays()
    {
        await LoadAndPinAsync();
        await ModelAsync(1, "a");
        await ModelAsync(1, "b");
        _lab.Models[1] = ModelLab.Model("b", _ => "select *, 99 as built from marts.a", refs: "a");

        Assert.True((await ModelAsync(1, "a")).AlreadyDone);
        await Assert.ThrowsAsync<PipelineException>(() => PublishAsync(1));
        Assert.False((await ModelAsync(1, "b")).AlreadyDone);

        Assert.Equal("1 x 1 99", await _lab.ReadAsync((await PublishAsync(1)).Build, "select * from b"));
    }

    [Fact]
    public async Task A_model_that_changed_after_it_was_built_must_be_built_before_it_is_read()
    {
        await LoadAndPinAsync();
        await ModelAsync(1, "a");
        _lab.Models[0] = ModelLab.Model("a", _ => "select id, 'new' as name, day from app.events");

        var refused = await Assert.ThrowsAsync<PipelineException>(() => ModelAsync(1, "b"));

        Assert.Contains("The model a has changed since", refused.Message, StringComparison.Ordinal);
        await ModelAsync(1, "a");
        await ModelAsync(1, "b");
        Assert.Equal("1 new 1 1", await _lab.ReadAsync((await PublishAsync(1)).Build, "select * from b"));
    }

    [Fact]
    public async Task Pinned_again_nothing_of_the_run_before_is_left()
    {
        await LoadAndPinAsync();
        await ModelAsync(1, "a");
        var old = await ResumeAsync(1);
        await _lab.LoadAsync(1, "select 1 as id, 'y' as name");
        await PinAsync(1);

        await Assert.ThrowsAsync<PipelineException>(() => old.BuildAsync(_lab.Models[1]));
        await Assert.ThrowsAsync<PipelineException>(() => ModelAsync(1, "b"));
        await ModelAsync(1, "a");
        await ModelAsync(1, "b");

        Assert.Equal("1 y 1 1", await _lab.ReadAsync((await PublishAsync(1)).Build, "select * from b"));
    }

    [Fact]
    public async Task Who_pinned_before_publishes_nothing_after_another_pinned()
    {
        await LoadAndPinAsync();
        await ModelAsync(1, "a");
        await ModelAsync(1, "b");
        var old = await ResumeAsync(1);
        await PinAsync(1);

        var refused = await Assert.ThrowsAsync<PipelineException>(() => old.PublishAsync(promote: false));

        Assert.Contains("pinned the inputs of 2015-05-01", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_lab.Ports.Builds.ListNewestFirst());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_was_killed_after_it_published_publishes_once(bool fullRefresh)
    {
        await _lab.LoadAsync(1, "select 1 as id, 'x' as name");
        await _lab.BuildAsync(1);
        await PinAsync(1, fullRefresh: fullRefresh);
        await ModelAsync(1, "a");
        await ModelAsync(1, "b");
        var (one, two) = (await ResumeAsync(1), await ResumeAsync(1));

        var (first, _) = await one.PublishAsync(promote: false);
        var (second, alreadyDone) = await two.PublishAsync(promote: false);

        Assert.True(alreadyDone);
        Assert.Equal(first.Number, second.Number);
        Assert.Equal(fullRefresh ? 2 : 1, _lab.Ports.Builds.ListNewestFirst()[0]);
    }

    [Fact]
    public async Task An_older_token_pins_builds_and_publishes_nothing()
    {
        await _lab.LoadAsync(1, "select 1 as id, 'x' as name");
        await PinAsync(1, token: 10);
        await RefusedAsync(() => PinAsync(1, token: 9), "pinned the inputs of 2015-05-01");
        await RefusedAsync(() => ModelAsync(1, "a", token: 9), "pinned the inputs of 2015-05-01");
        var late = await ResumeAsync(1, token: 11);
        await ModelAsync(1, "a", token: 12);
        await RefusedAsync(() => late.BuildAsync(_lab.Models[0]), "token 12, and this one has 11");
        Assert.Equal(0, (await _lab.NewestAsync("a"))!.Version);
        await ModelAsync(1, "b", token: 13);
        await RefusedAsync(() => PublishAsync(1, token: 9), "pinned the inputs of 2015-05-01");

        var (build, _) = await PublishAsync(1, token: 20);

        Assert.Equal(20, build.Token);
        await RefusedAsync(() => PinAsync(1, token: 19), "pinned the inputs of 2015-05-01");
        Assert.Equal(20, await LakeTokens.GreatestAsync(_lab.Ports.Store, _lab.Ports.Builds, Journals));
    }

    [Fact]
    public async Task A_build_with_a_greater_token_that_came_meanwhile_is_not_followed_by_one_with_a_lower()
    {
        await LoadAndPinAsync();
        await ModelAsync(1, "a");
        await ModelAsync(1, "b");
        await _lab.Ports.Builds.PublishAsync(
            (number, _) =>
                Task.FromResult<Build?>(
                    new()
                    {
                        Number = number,
                        CreatedAt = DateTimeOffset.UnixEpoch,
                        Interval = ModelLab.Day(1),
                        Promoted = true,
                        Tables = new Dictionary<TableId, TableVersion>(),
                        Models = new Dictionary<string, ModelRecord>(),
                        Token = 50,
                    }
                )
        );

        await RefusedAsync(() => PublishAsync(1, token: 49), "published a build of 2015-05-01");
        Assert.Equal(51, (await PublishAsync(1)).Build.Token);
    }

    [Fact]
    public async Task Nothing_pinned_is_said_with_what_to_do()
    {
        var refused = await Assert.ThrowsAsync<PipelineException>(() => ModelAsync(1, "a"));

        Assert.Contains("No inputs are pinned for 2015-05-01", refused.Message, StringComparison.Ordinal);
        Assert.Contains(Dag, refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Incremental_models_add_to_what_was_there_when_the_inputs_were_pinned()
    {
        _lab.Models.Clear();
        _lab.Models.Add(
            ModelLab.Model(
                "t",
                scope =>
                    scope.IsIncremental
                        ? $"select id, day from app.events where day = {scope.Interval.LogicalDate.Day}"
                        : "select id, day from app.events",
                new() { Materialized = Materialization.Incremental, IncrementalStrategy = IncrementalStrategy.Append }
            )
        );
        await _lab.LoadAsync(1, "select 1 as id");
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, "select 2 as id");
        await PinAsync(2);
        await ModelAsync(2, "t");
        await ModelAsync(2, "t", again: true);

        Assert.Equal("1 1, 2 2", await _lab.ReadAsync((await PublishAsync(2)).Build, "select * from t"));
    }

    private IModelingJournals Journals => new FileModelingJournals(_lab.State, TimeZoneInfo.Utc);

    private async Task LoadAndPinAsync()
    {
        await _lab.LoadAsync(1, "select 1 as id, 'x' as name");
        await PinAsync(1);
    }

    private Task<ModelingRun> PinAsync(int day, long? token = null, bool fullRefresh = false) =>
        ModelingRun.StartAsync(
            _lab.Ports,
            _lab.Project(),
            ModelLab.Day(day),
            new() { FullRefresh = fullRefresh },
            new(Journals, Dag, token)
        );

    private Task<ModelingRun> ResumeAsync(int day, long? token = null) =>
        ModelingRun.ResumeAsync(_lab.Ports, _lab.Project(), ModelLab.Day(day), new(Journals, Dag, token));

    private async Task<ModelOutcome> ModelAsync(int day, string model, bool again = false, long? token = null) =>
        await (await ResumeAsync(day, token)).BuildAsync(_lab.Models.Single(known => known.Name == model), again);

    private async Task<(Build Build, bool AlreadyDone)> PublishAsync(int day, long? token = null) =>
        await (await ResumeAsync(day, token)).PublishAsync(promote: false);

    private static async Task RefusedAsync(Func<Task> work, string words)
    {
        var refused = await Assert.ThrowsAnyAsync<PipelineException>(work);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Contains("changed nothing", refused.Message, StringComparison.Ordinal);
    }
}
