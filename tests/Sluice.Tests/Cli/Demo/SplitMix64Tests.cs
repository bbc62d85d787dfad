using Sluice.Cli.Demo;

namespace Sluice.Tests.Cli.Demo;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Next_gives_the_published_numbers()
    {
        var random = new SplitMix64(1234567);
        ulong[] expected =
        [
            6457827717110365317,
            3203168211198807973,
            9817491932198370423,
            4593380528125082431,
            16408922859458223821,
        ];

        Assert.All(expected, number => Assert.Equal(number, random.Next()));
    }

    [Fact]
    public void NextBelow_gives_every_number_about_as_often()
    {
        var random = new SplitMix64(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[random.NextBelow(7)]++;
        }

        // Four standard deviations are about 370.
        Assert.All(counts, count => Assert.InRange(count, 9_630, 10_370));
    }

    [Fact]
    public void NextBelow_stays_below_a_bound_that_rejects_half_of_the_draws()
    {
        const long bound = (1L << 62) + 1;
        var random = new SplitMix64(2);
        for (var i = 0; i < 1_000; i++)
        {
            Assert.InRange(random.NextBelow(bound), 0, bound - 1);
        }
    }

    [Fact]
    public void NextSpan_gives_both_bounds_and_whole_milliseconds()
    {
        var random = new SplitMix64(3);
        var spans = Enumerable
            .Range(0, 200)
            .Select(_ => random.NextSpan(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(22)))
            .ToHashSet();

        Assert.Equal([20, 21, 22], spans.Select(span => span.TotalMilliseconds).Order());
    }

    [Fact]
    public void NextUuid_has_the_shape_of_version_4()
    {
        var random = new SplitMix64(4);
        const string shape = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$";

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Matches(shape, random.NextUuid()));
    }

    [Fact]
    public void Fork_gives_a_sequence_of_its_own()
    {
        var random = new SplitMix64(5);

        Assert.NotEqual(random.Fork().Next(), random.Fork().Next());
    }
}
