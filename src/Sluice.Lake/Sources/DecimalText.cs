using System.Globalization;

namespace Sluice.Lake.Sources;

/// <summary>Reads decimal numbers from UTF-8 text, exactly.</summary>
internal static class DecimalText
{
    private const int MaxDigits = 38;
    private const int MaxExponent = 10_000;

    // So many digits name a floating-point number, and no other number of so many digits does.
    private const double SurelyExact = 1e15;

    // Powers of ten up to here are floating-point numbers.
    private const int MaxExactPower = 22;

    /// <summary>Reads the shortest number that a floating-point number is written as, as the integer that it is at a scale.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? Read(double number, int precision, int scale, out Int128 value)
    {
        if (scale <= MaxExactPower)
        {
            // A division is rounded to the nearest number, as reading the text is.
            var power = (double)PowerOfTen.Of(scale);
            var units = Math.Round(number * power);
            if (Math.Abs(units) < SurelyExact && units / power == number)
            {
                value = (long)units;
                return Int128.Abs(value) < PowerOfTen.Of(precision) ? null : "a number with more digits";
            }
        }

        Span<byte> text = stackalloc byte[32];
        number.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        return Read(text[..length], precision, scale, out value);
    }

    /// <summary>Reads a number as the integer that it is at a scale: <c>-1.5e2</c> at scale 2 is -15000.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? Read(ReadOnlySpan<byte> text, int precision, int scale, out Int128 value)
    {
        value = 0;
        var rest = text.Trim((byte)' ');
        var isNegative = rest is [(byte)'-', ..];
        rest = rest is [(byte)'-' or (byte)'+', ..] ? rest[1..] : rest;

        // Zeros count once a digit follows them: those at the end may lie beyond the scale.
        var (digits, zeros, seen, afterPoint) = (0, 0, 0, -1);
        var at = 0;
        for (; at < rest.Length && rest[at] is (>= (byte)'0' and <= (byte)'9') or (byte)'.'; at++)
        {
            if (rest[at] == '.')
            {
                if (afterPoint >= 0)
                {
                    return "no number";
                }

                afterPoint = 0;
                continue;
            }

            seen++;
            afterPoint += afterPoint >= 0 ? 1 : 0;
            if (rest[at] == '0')
            {
                zeros += digits > 0 ? 1 : 0;
                continue;
            }

            digits += zeros + 1;
            if (digits > MaxDigits)
            {
                return "a number with more digits";
            }

            value = (value * PowerOfTen.Of(zeros + 1)) + (rest[at] - '0');
            zeros = 0;
        }

        if (seen == 0 || !TryReadExponent(rest[at..], out var exponent))
        {
            return "no number";
        }

        var places = exponent - Math.Max(afterPoint, 0) + zeros + scale;
        if (value != 0 && (places < 0 || digits + places > precision))
        {
            return "a number with more digits";
        }

        value = value == 0 ? 0 : value * PowerOfTen.Of(places);
        value = isNegative ? -value : value;
        return null;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] is not ((byte)'e' or (byte)'E'))
        {
            return false;
        }

        var isNegative = text is [_, (byte)'-', ..];
        var digits = text is [_, (byte)'-' or (byte)'+', ..] ? text[2..] : text[1..];
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            exponent = Math.Min(MaxExponent, (exponent * 10) + digit - '0');
        }

        exponent = isNegative ? -exponent : exponent;
        return !digits.IsEmpty;
    }
}
