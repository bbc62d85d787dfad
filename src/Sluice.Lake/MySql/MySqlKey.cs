using System.Globalization;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Lake.MySql;

/// <summary>A column that orders the rows of a page: how its value is read at the page's end, and compared at the next one's beginning.</summary>
/// <remarks>
/// The value is given as a parameter, so that a statement keeps its text and is prepared once. It is turned into the column's own
/// type, character set and collation: only so is it compared as the index is ordered, and the index used.
/// </remarks>
/// <param name="Name">The column.</param>
/// <param name="Type">Its type.</param>
/// <param name="Select">What stands for it in the select list.</param>
internal sealed record MySqlKey(string Name, MySqlType Type, string Select)
{
    /// <summary>The key for a column.</summary>
    /// <exception cref="PipelineException">Rows cannot be read in its order.</exception>
    public static MySqlKey Of(SourceShape shape, string name, IReadOnlyDictionary<string, string> binaryCollations)
    {
        var declared =
            shape.Find(name)?.Declared
            ?? throw new PipelineException($"The table '{shape.Table}' has no column '{name}' to order its rows by.");
        var type = MySqlType.Parse(declared);
        if (!type.IsOrderable)
        {
            throw new PipelineException(
                $"The rows of '{shape.Table}' cannot be read in the order of '{name}': it has the type {type.Name}."
            )
            {
                Hint =
                    type.Family is MySqlFamily.Choice
                        ? "The database orders such values by their number and compares them as text. Give another key."
                        : "Give another key.",
            };
        }

        var select = type.Family switch
        {
            // The very bytes: what a conversion to UTF-8 gives may not lead back.
            MySqlFamily.Text when !type.IsUtf8 => $"cast({MySqlName.Quote(name)} as binary)",
            MySqlFamily.Bit or MySqlFamily.Integer => MySqlSelect.Column(name, type, ColumnKind.Long, binaryCollations),
            _ => MySqlSelect.Column(name, type, ColumnKind.Binary, binaryCollations),
        };
        return new(name, type, select);
    }

    /// <summary>What stands in a comparison for a parameter.</summary>
    public string Placeholder(string parameter) =>
        Type.Family switch
        {
            MySqlFamily.Decimal => string.Create(
                CultureInfo.InvariantCulture,
                $"cast({parameter} as decimal({Type.Length},{Type.Scale}))"
            ),
            MySqlFamily.Date => $"cast({parameter} as date)",
            MySqlFamily.DateTime or MySqlFamily.Timestamp => $"cast({parameter} as datetime(6))",
            MySqlFamily.Time => $"cast({parameter} as time(6))",
            MySqlFamily.Text => $"convert(unhex({parameter}) using {Type.Charset}) collate {Type.Collation}",
            MySqlFamily.Binary => $"unhex({parameter})",
            MySqlFamily.Address => $"cast({parameter} as {Type.Name})",
            _ => parameter,
        };

    /// <summary>The parameter's value for a literal that <see cref="Read"/> gave.</summary>
    public object Parameter(string literal) =>
        Type.Family is not (MySqlFamily.Integer or MySqlFamily.Bit) ? literal
        : long.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : ulong.Parse(literal, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The literal of the current row's value.</summary>
    /// <exception cref="PipelineException">It is null.</exception>
    public string Read(MySqlRow row, int index)
    {
        if (row.IsNull(index))
        {
            throw new PipelineException($"The column '{Name}' orders the rows, and is null in one of them.")
            {
                Hint = "Order by columns that are never null.",
            };
        }

        return Type.Family switch
        {
            MySqlFamily.Bit => row.Unsigned(index).ToString(CultureInfo.InvariantCulture),
            MySqlFamily.Integer => Type.IsUnsigned
                ? row.Unsigned(index).ToString(CultureInfo.InvariantCulture)
                : row.Integer(index).ToString(CultureInfo.InvariantCulture),
            MySqlFamily.Text or MySqlFamily.Binary => Convert.ToHexString(row.Bytes(index)),
            _ => System.Text.Encoding.UTF8.GetString(row.Bytes(index)),
        };
    }

    /// <summary>The value for a message: numbers and times name a row, texts may tell of a person.</summary>
    public string? Show(MySqlRow row, int index) =>
        Type.Family is MySqlFamily.Text or MySqlFamily.Binary or MySqlFamily.Address || row.IsNull(index)
            ? null
            : $"{Name} {Read(row, index)}";
}
