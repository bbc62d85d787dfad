using Sluice.Core.Tables;

namespace Sluice.Lake.MySql;

/// <summary>What stands in the select list for a column.</summary>
/// <remarks>
/// What is read as it is stays the column itself: a cast costs the server more than the rest of the value. One to binary would be
/// null for a value above <c>max_allowed_packet</c>; it is used only for what is short.
/// </remarks>
internal static class MySqlSelect
{
    /// <summary>The expression.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="lake">The type it gets.</param>
    /// <param name="binaryCollations">The binary collation of each character set.</param>
    public static string Column(
        string name,
        MySqlType type,
        ColumnType lake,
        IReadOnlyDictionary<string, string> binaryCollations
    )
    {
        var column = MySqlName.Quote(name);
        var isText = lake.Kind == ColumnKind.String;
        return type.Family switch
        {
            MySqlFamily.Text or MySqlFamily.Choice when type.Charset is { } charset =>
                $"{column} collate {binaryCollations.GetValueOrDefault(charset, charset + "_bin")}",
            MySqlFamily.Json => $"convert({column} using utf8mb4) collate utf8mb4_bin",
            MySqlFamily.Address => $"cast({column} as char character set utf8mb4) collate utf8mb4_bin",
            MySqlFamily.Geometry => isText ? $"cast(st_astext({column}) as binary)" : $"st_asbinary({column})",
            MySqlFamily.Bit => isText ? $"cast({column} + 0 as binary)"
            : lake.Kind == ColumnKind.Double ? $"{column} + 0e0"
            : $"{column} + 0",
            MySqlFamily.Integer or MySqlFamily.Float or MySqlFamily.Double => isText ? $"cast({column} as binary)"
            : lake.Kind == ColumnKind.Double && type.Family == MySqlFamily.Integer ? $"{column} + 0e0"
            : column,
            MySqlFamily.Decimal when lake.Kind == ColumnKind.Double => $"{column} + 0e0",
            MySqlFamily.Date
            or MySqlFamily.DateTime
            or MySqlFamily.Timestamp when lake.Kind is ColumnKind.Date or ColumnKind.Timestamp => column,
            MySqlFamily.Decimal when lake.Kind is not (ColumnKind.String or ColumnKind.Binary) => column,
            MySqlFamily.Decimal
            or MySqlFamily.Date
            or MySqlFamily.DateTime
            or MySqlFamily.Timestamp
            or MySqlFamily.Time => $"cast({column} as binary)",
            _ => column,
        };
    }
}
