namespace Sluice.ParquetWriters;

/// <summary>The logical kinds of column an extraction page can hold.</summary>
public enum ColumnKind
{
    Int64,
    Double,
    TimestampMicros,
    Date,
    Utf8,
}
