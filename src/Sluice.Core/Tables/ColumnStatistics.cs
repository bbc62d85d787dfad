namespace Sluice.Core.Tables;

/// <summary>What is known of one column of one file. Integers and dates (in days since the epoch) have bounds.</summary>
/// <param name="NullCount">Rows that are null.</param>
/// <param name="Min">The least value; null where none is known.</param>
/// <param name="Max">The greatest value; null where none is known.</param>
public readonly record struct ColumnStatistics(long NullCount, long? Min, long? Max);
