using ParquetSharp;
using ParquetSharp.Schema;
using Sluice.Core.Tables;
using Column = Sluice.Core.Tables.Column;

namespace Sluice.Lake.Parquet;

/// <summary>The Parquet types of a table's columns; every column is optional.</summary>
internal static class ParquetSchema
{
    public static GroupNode Of(TableSchema schema) =>
        new("schema", Repetition.Required, [.. schema.Columns.Select(NodeOf)]);

    private static PrimitiveNode NodeOf(Column column)
    {
        var (logical, physical) = TypesOf(column.Type);
        using (logical)
        {
            return new PrimitiveNode(
                column.Name,
                Repetition.Optional,
                logical,
                physical,
                physical == PhysicalType.FixedLenByteArray ? ParquetFile.WideDecimalBytes : -1
            );
        }
    }

    private static (LogicalType Logical, PhysicalType Physical) TypesOf(ColumnType type) =>
        type.Kind switch
        {
            ColumnKind.Boolean => (LogicalType.None(), PhysicalType.Boolean),
            ColumnKind.Byte => (LogicalType.Int(8, isSigned: true), PhysicalType.Int32),
            ColumnKind.Short => (LogicalType.Int(16, isSigned: true), PhysicalType.Int32),
            ColumnKind.Integer => (LogicalType.None(), PhysicalType.Int32),
            ColumnKind.Long => (LogicalType.None(), PhysicalType.Int64),
            ColumnKind.Float => (LogicalType.None(), PhysicalType.Float),
            ColumnKind.Double => (LogicalType.None(), PhysicalType.Double),
            ColumnKind.Decimal when type.Precision > 18 => (
                LogicalType.Decimal(type.Precision, type.Scale),
                PhysicalType.FixedLenByteArray
            ),
            // ClickHouse takes nine digits for 32 bits, whatever the file says, and reads 64 as two values.
            ColumnKind.Decimal when type.Precision <= 9 => (
                LogicalType.Decimal(type.Precision, type.Scale),
                PhysicalType.Int32
            ),
            ColumnKind.Decimal => (LogicalType.Decimal(type.Precision, type.Scale), PhysicalType.Int64),
            ColumnKind.String => (LogicalType.String(), PhysicalType.ByteArray),
            ColumnKind.Binary => (LogicalType.None(), PhysicalType.ByteArray),
            ColumnKind.Date => (LogicalType.Date(), PhysicalType.Int32),
            ColumnKind.Timestamp => (LogicalType.Timestamp(isAdjustedToUtc: true, TimeUnit.Micros), PhysicalType.Int64),
        };
}
