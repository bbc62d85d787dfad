namespace Sluice.Core.Funnels.Kernel;

/// <summary>Goes over blocks of a shard and finds how far each user came. Stateless.</summary>
internal abstract class BlockSweep
{
    /// <summary>Goes over the blocks from <paramref name="first"/> up to but not including <paramref name="end"/>.</summary>
    public void Run(ShardWork work, int first, int end, BlockSink sink)
    {
        sink.Batch.Clear();
        for (; first < end; first += BlockBatch.Size)
        {
            var count = Math.Min(BlockBatch.Size, end - first);
            Sweep(work, first, count, sink.Batch);
            sink.Take(work, first, count);
        }
    }

    /// <summary>Fills a batch with some blocks.</summary>
    protected abstract void Sweep(ShardWork work, int first, int count, BlockBatch batch);
}
