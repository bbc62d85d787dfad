using CsCheck;
using Sluice.Core.Statistics;

namespace Sluice.Tests.Core.Statistics;

public sealed class RankSelectionTests
{
    [Fact]
    public void Ranks_of_many_values_are_those_of_a_sorting() =>
        Gen.Select(Gen.Int[1, 60_000], Gen.Int[0, 62], Gen.Int)
            .Sample(
                (count, bits, seed) =>
                {
                    var random = new Random(seed);
                    var values = Enumerable
                        .Range(0, count)
                        .Select(_ => random.NextInt64(1L << random.Next(bits + 1)))
                        .ToArray();
                    var ranks = Enumerable.Range(0, 4).Select(_ => random.NextInt64(count)).Order().ToArray();
                    var sorted = values.Order().ToArray();
                    var cut = random.Next(count);
                    var found = ranks.ToArray();
                    RankSelection.Select<long>([values.AsMemory(0, cut), values.AsMemory(cut)], found);
                    Assert.Equal(ranks.Select(rank => sorted[rank]), found);
                },
                iter: 200
            );

    [Fact]
    public void Values_up_to_the_largest_of_their_type_are_found() =>
        Gen.Select(Gen.Int[1, 60_000], Gen.Int[1, 32], Gen.Int)
            .Sample(
                (count, bits, seed) =>
                {
                    var random = new Random(seed);
                    var values = Enumerable.Range(0, count).Select(_ => (uint)random.NextInt64(1L << bits)).ToArray();
                    long[] found = [0, count / 2, count - 1];
                    RankSelection.Select<uint>([.. values.Chunk(1 + random.Next(count)).Select(Memory)], found);
                    Array.Sort(values);
                    Assert.Equal([values[0], values[count / 2], values[^1]], found);
                },
                iter: 100
            );

    // Each round of counting parts only what lies in the largest bin: all but a few values in one bin, again and again.
    [Fact]
    public void Values_that_crowd_into_one_bin_are_parted_in_the_end()
    {
        var values = Enumerable
            .Range(0, 50_000)
            .Select(i => (long)i % 2)
            .Concat(Enumerable.Range(0, 63).Select(bit => 1L << bit))
            .ToArray();
        long[] found = [0, 24_999, 25_000, 50_000, values.Length - 1];

        RankSelection.Select<long>([values], found);

        Assert.Equal([0, 0, 1, 1, 1L << 62], found);
    }

    private static ReadOnlyMemory<uint> Memory(uint[] values) => values;
}
