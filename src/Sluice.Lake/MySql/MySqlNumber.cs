namespace Sluice.Lake.MySql;

/// <summary>Reads decimal numbers as the server writes them, without a detour over floating point.</summary>
internal static class MySqlNumber
{
    private static readonly Int128[] PowersOfTen = MakePowers();
    private static readonly long[] Powers64 = [.. PowersOfTen.Take(19).Select(power => (long)power)];

    /// <summary>Reads <c>-12.50</c> as a count of units of the last place, for decimals that 64 bits hold.</summary>
    /// <param name="text">The text.</param>
    /// <param name="precision">Most digits of the result, up to 18.</param>
    /// <param name="scale">Digits after the point that the result counts.</param>
    /// <param name="unscaled">The number times ten to the power of the scale.</param>
    /// <returns>False where it is no such number.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, int precision, int scale, out long unscaled)
    {
        unscaled = 0;
        if (text.Length > 18)
        {
            var isRead = TryRead(text, scale, out Int128 wide) && Fits(wide, precision);
            unscaled = isRead ? (long)wide : 0;
            return isRead;
        }

        var isNegative = !text.IsEmpty && text[0] == '-';
        var value = 0L;
        var missing = scale;
        var isFraction = false;
        foreach (var letter in isNegative ? text[1..] : text)
        {
            if (letter == '.' && !isFraction)
            {
                isFraction = true;
            }
            else if (!char.IsAsciiDigit((char)letter))
            {
                return false;
            }
            else if (!isFraction || missing > 0)
            {
                value = (value * 10) + (letter - '0');
                missing -= isFraction ? 1 : 0;
            }
            else if (letter != '0')
            {
                return false;
            }
        }

        // Where more digits after the point are wanted than are there, the product may be too great for 64 bits.
        if (missing > 0 && value >= Powers64[18 - missing])
        {
            return false;
        }

        value *= Powers64[missing];
        unscaled = isNegative ? -value : value;
        return !text.IsEmpty && value < Powers64[precision];
    }

    /// <summary>Reads <c>-12.50</c> as a count of units of the last place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scale">Digits after the point that the result counts.</param>
    /// <param name="unscaled">The number times ten to the power of the scale.</param>
    /// <returns>False where it is no number, has more digits after the point that are not zero, or more than 38 in all.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, int scale, out Int128 unscaled)
    {
        unscaled = 0;
        var isNegative = !text.IsEmpty && text[0] == '-';
        var rest = isNegative ? text[1..] : text;
        var whole = rest.IndexOf((byte)'.') is >= 0 and var point ? rest[..point] : rest;
        var fraction = whole.Length == rest.Length ? [] : rest[(whole.Length + 1)..].TrimEnd((byte)'0');
        whole = whole.TrimStart((byte)'0');
        if (
            rest.IsEmpty
            || fraction.Length > scale
            || whole.Length + scale > 38
            || !TryDigits(whole, 0, out unscaled)
            || !TryDigits(fraction, unscaled, out unscaled)
        )
        {
            return false;
        }

        unscaled *= PowersOfTen[scale - fraction.Length];
        unscaled = isNegative ? -unscaled : unscaled;
        return true;
    }

    /// <summary>Whether a number has at most so many digits.</summary>
    public static bool Fits(Int128 unscaled, int digits) =>
        unscaled < PowersOfTen[digits] && unscaled > -PowersOfTen[digits];

    private static Int128[] MakePowers()
    {
        var powers = new Int128[39];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }

    private static bool TryDigits(ReadOnlySpan<byte> digits, Int128 before, out Int128 value)
    {
        value = before;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
