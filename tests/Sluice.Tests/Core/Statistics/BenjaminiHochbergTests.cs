using CsCheck;
using Sluice.Core.Statistics;

namespace Sluice.Tests.Core.Statistics;

public sealed class BenjaminiHochbergTests
{
    private static readonly Gen<double?[]> PValues = Gen.OneOf(
        Gen.Double[0, 1].Select(p => (double?)p),
        Gen.Int[0, 4].Select(quarters => (double?)(quarters / 4.0)),
        Gen.Const((double?)null)
    ).Array[0, 20];

    // The 15 comparisons of the example in Benjamini and Hochberg (1995), of which four are called different at 0.05. The
    // q-values are p·15/rank by hand, the smallest of those from that rank on.
    [Fact]
    public void The_example_of_the_paper_has_four_discoveries()
    {
        var adjusted = BenjaminiHochberg.Adjust([
            0.0001,
            0.0004,
            0.0019,
            0.0095,
            0.0201,
            0.0278,
            0.0298,
            0.0344,
            0.0459,
            0.3240,
            0.4262,
            0.5719,
            0.6528,
            0.7590,
            1.0000,
        ]);

        Assert.Equal(4, adjusted.Count(q => q <= 0.05));
        Assert.Equal(
            [
                0.0015,
                0.0030,
                0.0095,
                0.035625,
                0.0603,
                0.063857,
                0.063857,
                0.0645,
                0.0765,
                0.486,
                0.581182,
                0.714875,
                0.753231,
                0.813214,
                1,
            ],
            adjusted.Select(q => Math.Round(q!.Value, 6))
        );
    }

    [Fact]
    public void A_null_stays_and_is_no_test() =>
        Assert.Equal([null, 0.02, null, 0.02], BenjaminiHochberg.Adjust([null, 0.02, null, 0.01]));

    [Fact]
    public void None_and_only_nulls_are_fine()
    {
        Assert.Empty(BenjaminiHochberg.Adjust([]));
        Assert.Equal([null], BenjaminiHochberg.Adjust([null]));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void What_is_no_probability_is_refused(double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BenjaminiHochberg.Adjust([0.5, p]));

    [Fact]
    public void Q_values_are_at_least_p_values_at_most_1_and_in_the_same_order() =>
        PValues.Sample(pValues =>
        {
            var pairs = pValues.Zip(BenjaminiHochberg.Adjust(pValues)).Where(pair => pair.First is not null).ToArray();
            return pairs.All(pair => pair.Second >= pair.First && pair.Second <= 1)
                && pairs.OrderBy(pair => pair.First).Select(pair => pair.Second).ToArray() is var sorted
                && sorted.SequenceEqual(sorted.Order());
        });

    [Fact]
    public void Shuffled_p_values_have_q_values_shuffled_alike() =>
        Gen.Select(PValues, Gen.Int)
            .Sample(
                (pValues, seed) =>
                {
                    var order = Enumerable.Range(0, pValues.Length).ToArray();
                    new Random(seed).Shuffle(order);
                    var adjusted = BenjaminiHochberg.Adjust(pValues);
                    return BenjaminiHochberg
                        .Adjust([.. order.Select(i => pValues[i])])
                        .SequenceEqual(order.Select(i => adjusted[i]));
                }
            );
}
