using Sluice.Cli.Demo;

namespace Sluice.Tests.Cli.Demo;

public sealed class CellPlanTests
{
    public static TheoryData<long> Sizes =>
        [1, 2, 3, 7, 31, 33, 1_000, 90_399, 90_401, 200_000, SampleOptions.MaxUsers];

    [Fact]
    public void Scaling_to_the_original_size_changes_nothing()
    {
        var scaled = CellPlan.Scale(EcommerceCells.All, 90_400);

        Assert.Equal(EcommerceCells.All.SelectMany(cell => cell.Counts), scaled.SelectMany(cell => cell.Counts));
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Every_step_has_its_rounded_total(long users)
    {
        var scaled = CellPlan.Scale(EcommerceCells.All, users);

        for (var step = FunnelStep.Home; step <= FunnelStep.Last; step++)
        {
            var exact = (decimal)EcommerceCells.All.Sum(cell => cell.Count(step)) * users / 90_400;
            var rounded = decimal.ToInt64(decimal.Round(exact, MidpointRounding.AwayFromZero));
            Assert.Equal(rounded, scaled.Sum(cell => cell.Count(step)));
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void No_step_is_larger_than_the_one_it_is_drawn_from(long users) =>
        Assert.All(
            CellPlan.Scale(EcommerceCells.All, users),
            cell =>
            {
                Assert.InRange(cell.Count(2), 0, cell.Users);
                Assert.InRange(cell.Count(3), 0, cell.Users);
                Assert.InRange(cell.Count(4), 0, cell.Users);
                Assert.InRange(cell.Count(5), 0, cell.Count(4));
                Assert.InRange(cell.Count(6), 0, cell.Count(5));
            }
        );

    [Theory, MemberData(nameof(Sizes))]
    public void No_cell_is_a_whole_user_away_from_its_share(long users)
    {
        var scaled = CellPlan.Scale(EcommerceCells.All, users);

        Assert.All(
            EcommerceCells.All.Zip(scaled),
            pair =>
            {
                var share = (decimal)pair.First.Users * users / 90_400;
                Assert.True(Math.Abs(pair.Second.Users - share) < 1);
            }
        );
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(SampleOptions.MaxUsers + 1)]
    public void A_size_out_of_range_is_refused(long users) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CellPlan.Scale(EcommerceCells.All, users));
}
