using System.Globalization;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Filters;

/// <summary>The SQL of a name, as each kind of value it can be; null where it can never be of that kind.</summary>
internal sealed record FilterSource
{
    // As many digits as a double holds: the engine's own cast is exact then.
    private const int ExactDigits = 15;

    /// <summary>Null exactly where there is no value.</summary>
    public required string Presence { get; init; }

    /// <summary>The text, else null.</summary>
    public string? Text { get; init; }

    /// <summary>The truth value, else null.</summary>
    public string? Truth { get; init; }

    /// <summary>The integer of 64 bits or fewer, else null.</summary>
    public string? Integer { get; init; }

    /// <summary>The number, an integer too, as a DOUBLE; else null.</summary>
    public string? Number { get; init; }

    /// <summary>The date, else null.</summary>
    public string? Date { get; init; }

    /// <summary>The instant as TIMESTAMP WITH TIME ZONE, else null.</summary>
    public string? Instant { get; init; }

    /// <summary>Whether the kind differs from row to row: then an integer may also be another number.</summary>
    public bool Varies { get; init; }

    /// <summary>Microseconds since the epoch of a date or an instant, else null.</summary>
    // A date may lie beyond the last time there is; that must not stop the statement.
    public string? Micros =>
        Date is not null ? $"epoch_us(TRY_CAST({Date} AS TIMESTAMP))"
        : Instant is not null ? $"epoch_us({Instant})"
        : null;

    /// <summary>A column.</summary>
    public static FilterSource Of(ColumnType type, string sql) =>
        type.Kind switch
        {
            ColumnKind.Boolean => new() { Presence = sql, Truth = sql },
            ColumnKind.Byte or ColumnKind.Short or ColumnKind.Integer or ColumnKind.Long => new()
            {
                Presence = sql,
                Integer = sql,
                Number = $"CAST({sql} AS DOUBLE)",
            },
            ColumnKind.Float => new() { Presence = sql, Number = $"CAST({sql} AS DOUBLE)" },
            ColumnKind.Double => new() { Presence = sql, Number = sql },
            ColumnKind.Decimal => new()
            {
                Presence = sql,
                Number =
                    type.Precision <= ExactDigits
                        ? $"CAST({sql} AS DOUBLE)"
                        : $"CAST(CAST({sql} AS VARCHAR) AS DOUBLE)",
            },
            ColumnKind.String => new() { Presence = sql, Text = sql },
            ColumnKind.Binary => new() { Presence = sql },
            ColumnKind.Date => new() { Presence = sql, Date = sql },
            ColumnKind.Timestamp => new() { Presence = sql, Instant = sql },
        };

    /// <summary>A key of the JSON object in a column; what is no JSON has none.</summary>
    public static FilterSource Property(string column, string key)
    {
        var json = $"TRY_CAST({column} AS JSON)";
        // To a list a number would be a position.
        if (key.Length > 0 && char.IsAsciiDigit(key[0]))
        {
            json = $"CASE WHEN json_type({json}) = 'OBJECT' THEN {json} END";
        }

        var pointer = SqlIdentifier.Literal(
            $"/{key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"
        );
        var type = $"json_type({json}, {pointer})";
        var value = $"json_extract({json}, {pointer})";
        return new()
        {
            Presence = $"NULLIF({type}, 'NULL')",
            Text = $"CASE WHEN {type} = 'VARCHAR' THEN json_extract_string({json}, {pointer}) END",
            Truth = $"CASE WHEN {type} = 'BOOLEAN' THEN TRY_CAST({value} AS BOOLEAN) END",
            Integer = $"CASE WHEN {type} IN ('BIGINT', 'UBIGINT') THEN TRY_CAST({value} AS BIGINT) END",
            Number = $"CASE WHEN {type} IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN TRY_CAST({value} AS DOUBLE) END",
            Varies = true,
        };
    }

    /// <summary>A literal beside a name.</summary>
    public static FilterSource Of(FilterOperand.Literal literal) =>
        literal.Value switch
        {
            null => new() { Presence = "NULL" },
            bool truth => Of(ColumnKind.Boolean, truth ? "TRUE" : "FALSE"),
            long number => Of(ColumnKind.Long, Whole(number)) with { Number = Real(number) },
            double number => Of(ColumnKind.Double, Real(number)),
            var text => Of(ColumnKind.String, SqlIdentifier.Literal((string)text)),
        };

    private static string Whole(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"CAST({number} AS BIGINT)");

    private static string Real(double number) =>
        string.Create(CultureInfo.InvariantCulture, $"CAST('{number:R}' AS DOUBLE)");
}
