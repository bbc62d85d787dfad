using Sluice.Cli.Demo;

namespace Sluice.Tests.Cli.Demo;

public sealed class UserIdPermutationTests
{
    [Theory]
    [InlineData(1, 100_000, 999_999)]
    [InlineData(450_000, 100_000, 999_999)]
    [InlineData(450_001, 1_000_000, 9_999_999)]
    public void Ids_are_different_and_of_one_width(int users, long lowest, long highest)
    {
        var ids = new UserIdPermutation(users, new SplitMix64(1));
        var seen = Enumerable.Range(0, users).Select(i => ids[i]).ToHashSet();

        Assert.Equal(users, seen.Count);
        Assert.InRange(seen.Min(), lowest, highest);
        Assert.InRange(seen.Max(), lowest, highest);
    }

    [Fact]
    public void The_whole_range_is_permuted()
    {
        var ids = new UserIdPermutation(1, new SplitMix64(1));

        Assert.Equal(900_000, Enumerable.Range(0, 900_000).Select(i => ids[i]).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => ids[900_000]);
        Assert.Throws<ArgumentOutOfRangeException>(() => ids[-1]);
    }

    [Fact]
    public void Neighbours_rise_as_often_as_they_fall()
    {
        var ids = new UserIdPermutation(10_000, new SplitMix64(1));
        var rises = Enumerable.Range(1, 9_999).Count(i => ids[i] > ids[i - 1]);

        Assert.InRange(rises, 4_800, 5_200);
    }
}
