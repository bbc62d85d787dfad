using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Lake.Sqlite;

/// <summary>The lake type of a declared SQLite type. SQLite keeps any text as a type; the rules follow its own affinities.</summary>
internal static partial class SqliteTypes
{
    /// <summary>The lake type of a column: the one the user gave, else the one that follows from the declaration.</summary>
    /// <exception cref="PipelineException">The type cannot be mapped; the message names the column.</exception>
    public static ColumnType Map(string source, SourceTable table, SqliteColumn column)
    {
        if (table.TypeOf(column.Name) is { } given)
        {
            return given;
        }

        var declared = column.DeclaredType.Trim().ToUpperInvariant();
        return Find(declared)
            ?? throw new PipelineException(
                declared.Length == 0
                    ? $"The column '{column.Name}' of {source}.{table.Name} has no declared type."
                    : $"The column '{column.Name}' of {source}.{table.Name} has the type '{column.DeclaredType}', which Sluice does not map."
            )
            {
                Hint =
                    $"Give the type in sluice.yaml: tables: {{{table.Name}: {{columns: {{{column.Name}: {{type: string}}}}}}}}.",
            };
    }

    private static ColumnType? Find(string declared)
    {
        if (ExactDecimal().Match(declared) is { Success: true } match)
        {
            var precision = int.Parse(match.Groups["precision"].ValueSpan, CultureInfo.InvariantCulture);
            var scale = match.Groups["scale"].Success
                ? int.Parse(match.Groups["scale"].ValueSpan, CultureInfo.InvariantCulture)
                : 0;
            return precision is >= 1 and <= 38 && scale <= precision ? ColumnType.Decimal(precision, scale) : null;
        }

        return declared switch
        {
            "" => null,
            "BOOLEAN" or "BOOL" => ColumnKind.Boolean,
            "DATE" => ColumnKind.Date,
            "JSON" or "UUID" => ColumnKind.String,
            _ when declared.StartsWith("DATETIME", StringComparison.Ordinal)
                    || declared.StartsWith("TIMESTAMP", StringComparison.Ordinal) => ColumnKind.Timestamp,
            _ when declared.Contains("INT", StringComparison.Ordinal) => ColumnKind.Long,
            _ when Has(declared, "CHAR", "CLOB", "TEXT") => ColumnKind.String,
            _ when Has(declared, "BLOB", "BINARY") => ColumnKind.Binary,
            _ when Has(declared, "REAL", "FLOA", "DOUB") => ColumnKind.Double,
            _ => null,
        };
    }

    private static bool Has(string declared, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (declared.Contains(part, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(
        @"^(?:DECIMAL|NUMERIC)\s*\(\s*(?<precision>\d{1,3})\s*(?:,\s*(?<scale>\d{1,3})\s*)?\)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex ExactDecimal();
}
