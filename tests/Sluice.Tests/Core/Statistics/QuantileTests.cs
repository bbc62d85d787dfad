using CsCheck;
using Sluice.Core.Statistics;

namespace Sluice.Tests.Core.Statistics;

public sealed class QuantileTests
{
    private const long Exact = 1L << 53;

    private static readonly Gen<long[]> Values = Gen.OneOf(
        Gen.Long[0, 5].Array[0, 200],
        Gen.Long[-1_000_000, 1_000_000].Array[0, 2000],
        Gen.Long.Array[0, 200],
        Gen.Int[0, 2000].Select(count => Enumerable.Range(0, count).Select(i => (long)i).ToArray()),
        Gen.Int[0, 2000].Select(count => Enumerable.Range(0, count).Select(i => (long)-i).ToArray()),
        Gen.Int[0, 2000].Select(count => Enumerable.Range(0, count).Select(i => (long)Math.Min(i, count - i)).ToArray())
    );

    // (n − 1)q by hand: of 10 20 30 40, a quarter is at place 0.75.
    [Theory]
    [InlineData("10 20 30 40", 0, 10)]
    [InlineData("10 20 30 40", 0.25, 17.5)]
    [InlineData("10 20 30 40", 0.5, 25)]
    [InlineData("10 20 30 40", 0.75, 32.5)]
    [InlineData("10 20 30 40", 0.9, 37)]
    [InlineData("10 20 30 40", 1, 40)]
    [InlineData("10 20 30", 0.5, 20)]
    [InlineData("7", 0.3, 7)]
    public void It_interpolates_as_numpy_does(string values, double q, double expected)
    {
        var sorted = values.Split(' ').Select(long.Parse).ToArray();

        Assert.Equal(expected, Quantile.OfSorted(sorted, q)!.Value, 1e-12);
        Assert.Equal(expected, Quantile.Select(sorted, q)!.Value, 1e-12);
    }

    [Fact]
    public void Large_values_are_exact()
    {
        Assert.Equal(Exact - 2, Quantile.OfSorted([Exact - 3, Exact - 1], 0.5));
        Assert.Equal(Exact - 1, Quantile.OfSorted([Exact - 3, Exact - 1], 1));
        Assert.Equal(0, Quantile.OfSorted([-Exact, Exact], 0.5));
    }

    [Fact]
    public void Without_values_there_is_none()
    {
        Assert.Null(Quantile.OfSorted([], 0.5));
        Assert.Null(Quantile.Select([], 0.5));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void What_is_no_share_is_refused(double q)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantile.OfSorted([1], q));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantile.Select([1], q));
    }

    [Fact]
    public void Selecting_gives_what_sorting_gives_and_loses_no_value() =>
        Gen.Select(Values, Gen.OneOf(Gen.Double[0, 1], Gen.OneOf(0.0, 0.25, 0.5, 0.9, 1)))
            .Sample(
                (values, q) =>
                {
                    var sorted = values.Order().ToArray();
                    return Quantile.Select(values, q) == Quantile.OfSorted(sorted, q)
                        && values.Order().SequenceEqual(sorted);
                },
                iter: 2000
            );

    [Fact]
    public void Values_that_defeat_the_choice_of_pivots_are_sorted_in_the_end()
    {
        var values = Adversary(2000);
        var sorted = values.Order().ToArray();

        Assert.Equal(Quantile.OfSorted(sorted, 0.9), Quantile.Select(values, 0.9));
    }

    [Fact]
    public void It_lies_between_the_values_and_rises_with_q() =>
        Gen.Select(Gen.Long.Array[1, 20], Gen.Double[0, 1], Gen.Double[0, 1])
            .Sample(
                (values, p, q) =>
                {
                    Array.Sort(values);
                    var low = Quantile.OfSorted(values, Math.Min(p, q));
                    var high = Quantile.OfSorted(values, Math.Max(p, q));
                    return values[0] <= low && low <= high && high <= values[^1];
                }
            );

    // Plays the partition with values that are not chosen yet: the first and the middle one of what is left become the two
    // smallest each time, so that the median of three is the second smallest and a round removes only two.
    private static long[] Adversary(int count)
    {
        var values = new long[count];
        var left = Enumerable.Range(0, count).ToList();
        for (var next = 0; next < count; )
        {
            var (smallest, pivot) = (left[0], left[left.Count / 2]);
            values[smallest] = next++;
            values[pivot] = smallest == pivot ? values[pivot] : next++;
            var (start, end) = (0, left.Count);
            for (var i = 0; i < end; )
            {
                var item = left[i];
                if (item == pivot)
                {
                    i++;
                }
                else if (item == smallest)
                {
                    (left[i], left[start]) = (left[start], item);
                    start++;
                    i++;
                }
                else
                {
                    end--;
                    (left[i], left[end]) = (left[end], item);
                }
            }

            left.RemoveRange(0, end);
        }

        return values;
    }
}
