using ParquetSharp;

namespace Sluice.Lake.Parquet;

/// <summary>From where the library takes memory: one pool for all readers and writers, so that what one frees the next can use.</summary>
internal static class ParquetMemory
{
    /// <summary>The pool; null for the usual one.</summary>
    // The usual pool keeps what it frees: twice the memory for the same rows. Windows has no other.
    public static MemoryPool? Pool { get; } = OperatingSystem.IsWindows() ? null : MemoryPool.JemallocMemoryPool();

    /// <summary>The usual properties of a reader, with the pool.</summary>
    public static ReaderProperties ReaderProperties() =>
        Pool is { } pool
            ? ParquetSharp.ReaderProperties.WithMemoryPool(pool)
            : ParquetSharp.ReaderProperties.GetDefaultReaderProperties();
}
