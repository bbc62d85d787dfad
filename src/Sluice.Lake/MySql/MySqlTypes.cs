using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Lake.MySql;

/// <summary>The lake type of a declared type, and which other types the user may ask for.</summary>
internal static class MySqlTypes
{
    // What fits a decimal of the lake, and a 64-bit integer without a sign.
    private const int MostDigits = 38;
    private static readonly ColumnType Unsigned64 = ColumnType.Decimal(20, 0);

    /// <summary>The lake type of a column: the one the user gave, else the one that follows from the declaration.</summary>
    /// <exception cref="PipelineException">The type cannot be mapped, or not to what the user wants; the message names the column.</exception>
    public static ColumnType Map(SourceDefinition source, SourceTable table, string column, string declared)
    {
        var type = MySqlType.Parse(declared);
        var place = $"The column '{column}' of {source.Name}.{table.Name} has the type {declared}";
        if (table.TypeOf(column) is { } given && !CanBe(type, given))
        {
            throw new PipelineException($"{place}, which cannot be read as {given}.")
            {
                Hint = Advice(table, column, type),
            };
        }

        var lake =
            table.TypeOf(column)
            ?? Find(type)
            ?? throw new PipelineException($"{place}, which Sluice does not map.")
            {
                Hint = Advice(table, column, type),
            };
        return lake.Kind == ColumnKind.Timestamp && type.Family != MySqlFamily.Timestamp && source.TimeZone is null
            ? throw new PipelineException($"{place}: a time without a zone, and the source says none.")
            {
                Hint = $"Say what it means: timezone: UTC (or another) under sources: {source.Name}: in sluice.yaml.",
            }
            : lake;
    }

    /// <summary>The lake type that follows from the declaration; null where none does.</summary>
    public static ColumnType? Find(MySqlType type) =>
        type.Family switch
        {
            MySqlFamily.Integer => (type.Bits, type.IsUnsigned) switch
            {
                (8, false) => ColumnKind.Byte,
                (8, true) => ColumnKind.Short,
                // A year is declared unsigned, and small.
                (16, _) when type.Name == "year" => ColumnKind.Short,
                (16, false) => ColumnKind.Short,
                (16, true) or (24, _) => ColumnKind.Integer,
                (32, false) => ColumnKind.Integer,
                (64, true) => Unsigned64,
                _ => ColumnKind.Long,
            },
            MySqlFamily.Bit => type.Bits switch
            {
                1 => ColumnKind.Boolean,
                64 => Unsigned64,
                _ => ColumnKind.Long,
            },
            MySqlFamily.Decimal when type.Length <= MostDigits => ColumnType.Decimal(type.Length, type.Scale),
            MySqlFamily.Float => ColumnKind.Float,
            MySqlFamily.Double => ColumnKind.Double,
            MySqlFamily.Text or MySqlFamily.Choice or MySqlFamily.Json or MySqlFamily.Time or MySqlFamily.Address =>
                ColumnKind.String,
            MySqlFamily.Binary => ColumnKind.Binary,
            MySqlFamily.Date => ColumnKind.Date,
            MySqlFamily.DateTime or MySqlFamily.Timestamp => ColumnKind.Timestamp,
            _ => null,
        };

    private static bool CanBe(MySqlType type, ColumnType wanted) =>
        wanted.Kind switch
        {
            ColumnKind.String => type.Family != MySqlFamily.Unknown,
            ColumnKind.Boolean => type.Family is MySqlFamily.Integer or MySqlFamily.Bit,
            ColumnKind.Byte or ColumnKind.Short or ColumnKind.Integer or ColumnKind.Long or ColumnKind.Decimal =>
                type.Family is MySqlFamily.Integer or MySqlFamily.Bit or MySqlFamily.Decimal,
            ColumnKind.Float => type.Family is MySqlFamily.Float,
            ColumnKind.Double => type.Family
                is MySqlFamily.Float
                    or MySqlFamily.Double
                    or MySqlFamily.Integer
                    or MySqlFamily.Bit
                    or MySqlFamily.Decimal,
            ColumnKind.Binary => type.Family is MySqlFamily.Binary or MySqlFamily.Text or MySqlFamily.Geometry,
            ColumnKind.Date => type.Family is MySqlFamily.Date,
            ColumnKind.Timestamp => type.Family is MySqlFamily.Timestamp or MySqlFamily.DateTime or MySqlFamily.Date,
        };

    private static string Advice(SourceTable table, string column, MySqlType type) =>
        type.Family == MySqlFamily.Unknown
            ? $"Leave it out (tables: {{{table.Name}: {{columns: {{{column}: {{exclude: true}}}}}}}}), or read a view that turns it into text."
            : $"Load it as text: tables: {{{table.Name}: {{columns: {{{column}: {{type: string}}}}}}}}.";
}
