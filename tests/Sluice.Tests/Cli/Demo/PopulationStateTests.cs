using Sluice.Cli.Demo;

namespace Sluice.Tests.Cli.Demo;

public sealed class PopulationStateTests
{
    [Theory, InlineData(1), InlineData(7), InlineData(1_000), InlineData(200_000)]
    public void Drawn_users_have_exactly_the_planned_counts(long size)
    {
        var users = Draw(size, seed: 1);

        Assert.Equal(size, users.Count);
        Assert.All(
            CellPlan.Scale(EcommerceCells.All, size),
            cell =>
            {
                var drawn = users.FindAll(user => IsIn(cell, user));
                for (var step = FunnelStep.Home; step <= FunnelStep.Last; step++)
                {
                    Assert.Equal(cell.Count(step), drawn.Count(user => user.Steps.Contains(step)));
                }
            }
        );
    }

    [Fact]
    public void Payment_is_reached_by_way_of_search_and_confirmation_by_way_of_payment() =>
        Assert.All(
            Draw(20_000, seed: 1).Select(user => user.Steps),
            steps =>
            {
                Assert.True(steps.Contains(1));
                Assert.True(steps.Contains(4) || !steps.Contains(5));
                Assert.True(steps.Contains(5) || !steps.Contains(6));
            }
        );

    [Fact]
    public void Search_is_drawn_independently_of_the_step_before()
    {
        var users = Draw(90_400, seed: 1);

        // 45,200 of 90,400 reach step 4 and 18,080 skip step 3; the original data has 9,046 that do
        // both.
        var both = users.Count(user => user.Steps.Contains(4) && !user.Steps.Contains(3));
        Assert.InRange(both, 8_800, 9_300);
    }

    [Fact]
    public void Kinds_of_users_are_spread_over_the_whole_sequence()
    {
        var firstHalf = Draw(90_400, seed: 1).Take(45_200).ToList();

        Assert.InRange(firstHalf.Count(user => user.Steps.Contains(5)), 2_850, 3_180);
        Assert.InRange(firstHalf.Count(user => user.FirstVisit.Month == 1), 10_900, 11_700);
    }

    [Fact]
    public void Another_seed_gives_other_users() => Assert.NotEqual(Draw(100, seed: 1), Draw(100, seed: 2));

    private static List<SampleUser> Draw(long size, ulong seed)
    {
        var population = new PopulationState(EcommerceCells.All, size, new SplitMix64(seed));
        var users = new List<SampleUser>();
        while (population.Next() is { } user)
        {
            users.Add(user);
        }

        return users;
    }

    private static bool IsIn(Cell cell, SampleUser user) =>
        (cell.Sex, cell.Channel, cell.Month, cell.Device)
        == (user.Sex, user.Channel, user.FirstVisit.Month, user.Device);
}
