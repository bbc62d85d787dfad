using System.Globalization;

namespace Sluice.Core.Sql;

/// <summary>Values as they are compared everywhere: one type per kind, whichever width the engine chose.</summary>
public static class SqlValue
{
    private const double MostExact = 1L << 53;

    /// <summary>A column's value as a text, <see cref="long"/>, <see cref="double"/>, <see cref="decimal"/>, truth value, date, instant or null.</summary>
    /// <param name="value">As the reader gave it.</param>
    public static object? Read(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value switch
        {
            DBNull => null,
            sbyte or short or int or byte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            float number => Number(number),
            double number => Number(number),
            decimal number => decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue
                ? (object)(long)number
                : number,
            byte[] bytes => Convert.ToHexStringLower(bytes),
            DateTime time => new DateTimeOffset(time.Ticks, TimeSpan.Zero),
            _ => value,
        };
    }

    /// <summary>A number; what is none is a value that is not known, and 1.0 is 1.</summary>
    public static object? Number(double number) =>
        double.IsNaN(number) ? null
        : number is > -MostExact and < MostExact && double.IsInteger(number) ? (object)(long)number
        : number;
}
