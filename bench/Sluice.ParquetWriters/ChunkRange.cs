namespace Sluice.ParquetWriters;

/// <summary>What the statistics of one column chunk should say; min and max only for integers, times and dates.</summary>
public sealed record ChunkRange(int RowGroup, string Column, long? Nulls, long? Min, long? Max);
