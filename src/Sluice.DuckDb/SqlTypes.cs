using System.Globalization;
using Sluice.Core.Tables;

namespace Sluice.DuckDb;

/// <summary>The types of the lake and those of DuckDB.</summary>
internal static class SqlTypes
{
    public static string NameOf(ColumnType type) =>
        type.Kind switch
        {
            ColumnKind.Boolean => "BOOLEAN",
            ColumnKind.Byte => "TINYINT",
            ColumnKind.Short => "SMALLINT",
            ColumnKind.Integer => "INTEGER",
            ColumnKind.Long => "BIGINT",
            ColumnKind.Float => "FLOAT",
            ColumnKind.Double => "DOUBLE",
            ColumnKind.Decimal => string.Create(
                CultureInfo.InvariantCulture,
                $"DECIMAL({type.Precision},{type.Scale})"
            ),
            ColumnKind.String => "VARCHAR",
            ColumnKind.Binary => "BLOB",
            ColumnKind.Date => "DATE",
            ColumnKind.Timestamp => "TIMESTAMP WITH TIME ZONE",
        };

    /// <summary>The lake type that a column of a query gets; null where there is none.</summary>
    /// <remarks>Integers that Delta lacks become wider ones; a sum of integers (HUGEINT) is cast back, and overflow fails.</remarks>
    public static ColumnType? Find(string duckDbType) =>
        duckDbType switch
        {
            "BOOLEAN" => ColumnKind.Boolean,
            "TINYINT" => ColumnKind.Byte,
            "SMALLINT" or "UTINYINT" => ColumnKind.Short,
            "INTEGER" or "USMALLINT" => ColumnKind.Integer,
            "BIGINT" or "UINTEGER" or "HUGEINT" => ColumnKind.Long,
            "UBIGINT" => ColumnType.Decimal(20, 0),
            "FLOAT" => ColumnKind.Float,
            "DOUBLE" => ColumnKind.Double,
            "VARCHAR" or "UUID" or "JSON" => ColumnKind.String,
            "BLOB" => ColumnKind.Binary,
            "DATE" => ColumnKind.Date,
            "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP WITH TIME ZONE" => ColumnKind.Timestamp,
            _ when duckDbType.StartsWith("ENUM(", StringComparison.Ordinal) => ColumnKind.String,
            _ when ColumnType.TryParse(duckDbType.ToLowerInvariant(), out var decimalType)
                    && decimalType.Kind == ColumnKind.Decimal => decimalType,
            _ => null,
        };
}
