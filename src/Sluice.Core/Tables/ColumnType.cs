using System.Globalization;

namespace Sluice.Core.Tables;

/// <summary>The type of a lake column.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Precision">Decimal digits in all, 1 to 38; 0 for what is no decimal.</param>
/// <param name="Scale">Decimal digits after the point; 0 for what is no decimal.</param>
public readonly record struct ColumnType(ColumnKind Kind, int Precision = 0, int Scale = 0)
{
    /// <summary>A decimal type.</summary>
    public static ColumnType Decimal(int precision, int scale) => new(ColumnKind.Decimal, precision, scale);

    /// <summary>A type without parameters.</summary>
    public static implicit operator ColumnType(ColumnKind kind) => new(kind);

    /// <summary>
    /// Whether a column of this type may become one of the other without any value changing: integers of more bits, float to
    /// double, decimals of more digits before the point.
    /// </summary>
    /// <remarks>A date does not become a timestamp: which instant it would be is a matter of a time zone.</remarks>
    public bool WidensTo(ColumnType other) =>
        (Kind, other.Kind) switch
        {
            (ColumnKind.Float, ColumnKind.Double) => true,
            (ColumnKind.Decimal, ColumnKind.Decimal) => Scale == other.Scale && Precision < other.Precision,
            (>= ColumnKind.Byte and < ColumnKind.Long, > ColumnKind.Byte and <= ColumnKind.Long) => Kind < other.Kind,
            _ => false,
        };

    /// <summary>Reads Delta's name of a primitive type, such as <c>long</c> or <c>decimal(10,2)</c>.</summary>
    public static bool TryParse(string text, out ColumnType type)
    {
        ArgumentNullException.ThrowIfNull(text);
        type = default;
        if (text.StartsWith("decimal(", StringComparison.Ordinal) && text.EndsWith(')'))
        {
            var parts = text[8..^1].Split(',');
            if (
                parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var precision)
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var scale)
                && precision is >= 1 and <= 38
                && scale <= precision
            )
            {
                type = Decimal(precision, scale);
                return true;
            }

            return false;
        }

        if (
            !text.All(char.IsAsciiLetter)
            || !Enum.TryParse<ColumnKind>(text, ignoreCase: true, out var kind)
            || kind == ColumnKind.Decimal
        )
        {
            return false;
        }

        type = kind;
        return true;
    }

    /// <summary>Delta's name of the type.</summary>
    public override string ToString() =>
        Kind == ColumnKind.Decimal
            ? string.Create(CultureInfo.InvariantCulture, $"decimal({Precision},{Scale})")
            : Kind.ToString().ToLowerInvariant();
}
