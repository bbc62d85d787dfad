using CsCheck;
using Sluice.Core.Funnels.Answers;

namespace Sluice.Tests.Core.Funnels;

public sealed class DurationChunksTests
{
    [Fact]
    public void All_that_was_added_and_linked_is_there_once() =>
        Gen.Int[0, 1_000]
            .Array[0, 8]
            .Sample(sizes =>
            {
                var (all, next) = (new DurationChunks(), 0L);
                foreach (var size in sizes)
                {
                    var part = new DurationChunks();
                    for (var i = 0; i < size; i++)
                    {
                        part.Add(next++);
                    }

                    all.Add(part);
                    all.Add(next++);
                    // What the part gets later is its own.
                    part.Add(-1);
                }

                Assert.Equal(next, all.Count);
                Assert.Equal(Enumerable.Range(0, (int)next).Select(i => (long)i), ValuesOf(all).Order());
            });

    [Fact]
    public void Nothing_is_copied_into_a_larger_chunk()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var durations = new DurationChunks();
        for (var i = 0; i < 1_000_000; i++)
        {
            durations.Add(i);
        }

        var all = new DurationChunks();
        all.Add(durations);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(1_000_000, all.Count);
        Assert.InRange(allocated, 8_000_000, 8_600_000);
    }

    [Fact]
    public void Of_nothing_nothing_is_kept()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (one, other) = (new DurationChunks(), new DurationChunks());
        one.Add(other);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((0, 0), (one.Count, allocated));
        Assert.Empty(ValuesOf(one));
    }

    [Fact]
    public void A_million_small_ones_are_added_in_the_memory_of_their_values()
    {
        var small = new DurationChunks();
        small.Add(1);
        var all = new DurationChunks();
        for (var i = 0; i < 1_000_000; i++)
        {
            all.Add(small);
        }

        Assert.Equal(1_000_000, all.Count);
        Assert.InRange(all.All.Count, 1, 100);
    }

    private static IEnumerable<long> ValuesOf(DurationChunks durations) =>
        durations.All.SelectMany(chunk => chunk.ToArray());
}
