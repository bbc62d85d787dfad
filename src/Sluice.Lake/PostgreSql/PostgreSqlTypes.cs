using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Lake.PostgreSql;

/// <summary>The lake types of PostgreSQL's types, and how values of one become values of the other. <c>docs/sources.md</c> has the table.</summary>
internal static class PostgreSqlTypes
{
    // Numbers of the server's own types never change.
    private const uint Bool = 16;
    private const uint Bytea = 17;
    private const uint Name = 19;
    private const uint Int8 = 20;
    private const uint Int2 = 21;
    private const uint Int4 = 23;
    private const uint Text = 25;
    private const uint Oid = 26;
    private const uint Json = 114;
    private const uint Float4 = 700;
    private const uint Float8 = 701;
    private const uint Money = 790;
    private const uint BpChar = 1042;
    private const uint VarChar = 1043;
    private const uint Date = 1082;
    private const uint Timestamp = 1114;
    private const uint TimestampTz = 1184;
    private const uint Numeric = 1700;
    private const uint Uuid = 2950;

    private const int MaxPrecision = 38;

    /// <summary>The lake type of a column: the one the user gave, else the one that follows from the declaration.</summary>
    /// <exception cref="PipelineException">The type cannot be mapped; the message names the column.</exception>
    public static ColumnType Map(SourceDefinition source, SourceTable table, PostgreSqlColumn column)
    {
        var place = $"The column '{column.Name}' of {source.Name}.{table.Name} has the type '{column.Declared}'";
        string Rule(string type) => $"tables: {{{table.Name}: {{columns: {{{column.Name}: {{type: {type}}}}}}}}}";

        var given = table.TypeOf(column.Name);
        var type =
            given
            ?? Find(column)
            ?? throw (
                column.Type == Numeric
                    ? new PipelineException(
                        $"{place}, whose digits have no limit that a decimal of the lake could keep."
                    )
                    {
                        Hint =
                            $"Say how many it may have in sluice.yaml: {Rule("'decimal(38,9)'")}, or load it as text: {Rule("string")}.",
                    }
                    : new PipelineException($"{place}, which Sluice does not map.")
                    {
                        Hint = $"Load it as the text that the server makes of it, in sluice.yaml: {Rule("string")}.",
                    }
            );
        var reading =
            ReadingOf(column, type)
            ?? throw new PipelineException($"{place}, which cannot be loaded as {type}.")
            {
                Hint = Find(column) is { } natural
                    ? $"Leave the type out to get {natural}, or load it as text: {Rule("string")}. A view can cast it to anything."
                    : $"Load it as text: {Rule("string")}. A view can cast it to anything.",
            };
        return reading.Wire == WireKind.LocalTime && source.TimeZone is null
            ? throw new PipelineException($"{place}, a time without an offset from UTC.")
            {
                Hint =
                    $"Say what it means: timezone: UTC (or another) under the source in sluice.yaml. Or load it as text: {Rule("string")}.",
            }
            : type;
    }

    /// <summary>How a column is read as a type; null where it cannot be.</summary>
    public static PostgreSqlReading? ReadingOf(PostgreSqlColumn column, ColumnType wanted) =>
        wanted.Kind switch
        {
            ColumnKind.String => column.Type switch
            {
                Text or VarChar or BpChar or Name or Json => new(WireKind.Text),
                Uuid => new(WireKind.Uuid),
                _ => column.Sort == 'e' ? new(WireKind.Text) : new(WireKind.Text, "text"),
            },
            ColumnKind.Boolean => column.Type == Bool ? new(WireKind.Bool) : null,
            ColumnKind.Byte or ColumnKind.Short or ColumnKind.Integer or ColumnKind.Long => IntegerOf(column.Type)
                ?? (column.Type == Numeric ? new(WireKind.Numeric) : null),
            ColumnKind.Float => column.Type switch
            {
                Float4 => new(WireKind.Float4),
                Float8 or Numeric or Int2 or Int4 or Int8 => new(WireKind.Float4, "float4"),
                _ => null,
            },
            ColumnKind.Double => column.Type switch
            {
                Float8 => new(WireKind.Float8),
                Float4 or Numeric or Int2 or Int4 or Int8 => new(WireKind.Float8, "float8"),
                _ => null,
            },
            ColumnKind.Decimal => column.Type switch
            {
                Numeric => new(WireKind.Numeric),
                Int2 or Int4 or Int8 or Money => new(WireKind.Numeric, "numeric"),
                _ => null,
            },
            ColumnKind.Binary => column.Type is Bytea or Uuid ? new(WireKind.Bytes) : null,
            ColumnKind.Date => column.Type == Date ? new(WireKind.Date) : null,
            ColumnKind.Timestamp => column.Type switch
            {
                Timestamp => new(WireKind.LocalTime),
                TimestampTz => new(WireKind.Instant),
                _ => null,
            },
        };

    /// <summary>Whether it is <c>char(n)</c>, whose values are filled up with blanks.</summary>
    public static bool IsPadded(PostgreSqlColumn column) => column.Type == BpChar;

    /// <summary>Whether it is a <c>uuid</c>.</summary>
    public static bool IsUuid(PostgreSqlColumn column) => column.Type == Uuid;

    /// <summary>The lake type that follows from the declaration; null where none is right for every value.</summary>
    public static ColumnType? Find(PostgreSqlColumn column) =>
        column.Type switch
        {
            Bool => ColumnKind.Boolean,
            Int2 => ColumnKind.Short,
            Int4 => ColumnKind.Integer,
            Int8 or Oid => ColumnKind.Long,
            Float4 => ColumnKind.Float,
            Float8 => ColumnKind.Double,
            Numeric => DecimalOf(column.Modifier),
            Bytea => ColumnKind.Binary,
            Date => ColumnKind.Date,
            Timestamp or TimestampTz => ColumnKind.Timestamp,
            _ => column.Sort is 'e' or 'r' or 'm'
            || (
                column.Sort == 'b' && (column.IsBuiltIn || column.TypeName.EndsWith("citext", StringComparison.Ordinal))
            )
            || column.TypeName.EndsWith("[]", StringComparison.Ordinal)
                ? ColumnKind.String
                : null,
        };

    private static PostgreSqlReading? IntegerOf(uint type) =>
        type switch
        {
            Int2 => new(WireKind.Int2),
            Int4 => new(WireKind.Int4),
            Int8 => new(WireKind.Int8),
            Oid => new(WireKind.Oid),
            _ => null,
        };

    // numeric(3,-2) keeps hundreds, and numeric(3,5) has two zeros after the point.
    private static ColumnType? DecimalOf(int modifier)
    {
        if (modifier < 4)
        {
            return null;
        }

        var precision = (modifier - 4) >> 16;
        var scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
        var digits = Math.Max(precision - Math.Min(scale, 0), scale);
        return digits <= MaxPrecision ? ColumnType.Decimal(digits, Math.Max(scale, 0)) : null;
    }
}
