using Sluice.Core.Models.Planning;

namespace Sluice.IntegrationTests.Models;

/// <summary>The shipped models, built day by day, have the rows that they have when they are built from nothing.</summary>
public sealed class StarSchemaTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Day_by_day_gives_what_a_full_refresh_gives(int seed, bool isLog)
    {
        var world = new StarWorld(seed);
        using var lab = new StarLab(world, isLog);
        var added = new List<string>();
        for (var day = 1; day <= StarWorld.Days; day++)
        {
            await lab.LoadAsync(day);
            var (build, action) = await lab.BuildAsync(day);
            Assert.Equal(day == 1 ? PlanAction.Build : PlanAction.Add, action);
            added = [.. await lab.RowsAsync(build)];
        }

        var (anew, again) = await lab.BuildAsync(StarWorld.Days, fullRefresh: true);
        Assert.Equal(PlanAction.Build, again);
        Assert.NotEmpty(added);
        Assert.Equal(await lab.RowsAsync(anew), added);
    }

    // Each takes seconds: most seeds are for the slow tests.
    public static TheoryData<int, bool> MoreSeeds => new(Enumerable.Range(5, 8).Select(seed => (seed, seed % 2 == 0)));

    [Theory, Trait("Speed", "Slow")]
    [MemberData(nameof(MoreSeeds))]
    public Task More_days_in_any_order_give_what_a_full_refresh_gives(int seed, bool isLog) =>
        Days_in_any_order_give_what_a_full_refresh_gives(seed, isLog);

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task Days_in_any_order_give_what_a_full_refresh_gives(int seed, bool isLog)
    {
        var world = new StarWorld(seed);
        using var lab = new StarLab(world, isLog);
        foreach (var day in world.AnyOrder())
        {
            await lab.LoadAsync(day);
            await lab.BuildAsync(day);
        }

        var (added, action) = await lab.BuildAsync(StarWorld.Days);
        var (anew, _) = await lab.BuildAsync(StarWorld.Days, fullRefresh: true);

        Assert.NotEqual(PlanAction.Build, action);
        Assert.Equal(await lab.RowsAsync(anew), await lab.RowsAsync(added));
    }
}
