using System.Buffers.Binary;
using Sluice.Lake.Sources;

namespace Sluice.Lake.PostgreSql;

/// <summary>Reads the binary form of <c>numeric</c>: groups of four decimal digits.</summary>
internal static class WireNumeric
{
    private const int GroupDigits = 4;
    private const int HeaderBytes = 8;
    private const int LongDigits = 18;
    private const ushort Negative = 0x4000;
    private const ushort NaN = 0xc000;

    /// <summary>Reads a number as the integer that it is at a scale.</summary>
    /// <param name="field">The bytes.</param>
    /// <param name="precision">Most digits, up to 38.</param>
    /// <param name="scale">How many of them are after the point.</param>
    /// <param name="value">The integer.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? Read(ReadOnlySpan<byte> field, int precision, int scale, out Int128 value)
    {
        value = 0;
        var groups = BinaryPrimitives.ReadInt16BigEndian(field);
        int weight = BinaryPrimitives.ReadInt16BigEndian(field[2..]);
        var sign = BinaryPrimitives.ReadUInt16BigEndian(field[4..]);
        if (sign is not (0 or Negative))
        {
            return sign == NaN ? "NaN" : "an infinity";
        }

        if (groups == 0)
        {
            return null;
        }

        // Checked before, so that no step can overflow.
        var digits = field[HeaderBytes..];
        if ((weight * GroupDigits) + DigitsOf(Group(digits, 0)) + scale > precision && weight >= 0)
        {
            return "a number with more digits";
        }

        // The last group's own last digits may be zeros after the scale.
        var places = (GroupDigits * (weight - groups + 1)) + scale;
        if (places <= -GroupDigits || (places < 0 && Group(digits, groups - 1) % (int)PowerOfTen.Of(-places) != 0))
        {
            return "a number with more digits";
        }

        value = precision <= LongDigits ? ReadLong(digits, groups, places) : ReadWide(digits, groups, places);
        value = sign == Negative ? -value : value;
        return null;
    }

    private static long ReadLong(ReadOnlySpan<byte> digits, int groups, int places)
    {
        var whole = 0L;
        for (var i = 0; i < groups - 1; i++)
        {
            whole = (whole * 10_000) + Group(digits, i);
        }

        var last = Group(digits, groups - 1);
        return places >= 0
            ? ((whole * 10_000) + last) * (long)PowerOfTen.Of(places)
            : (whole * (long)PowerOfTen.Of(GroupDigits + places)) + (last / (long)PowerOfTen.Of(-places));
    }

    private static Int128 ReadWide(ReadOnlySpan<byte> digits, int groups, int places)
    {
        Int128 whole = 0;
        for (var i = 0; i < groups - 1; i++)
        {
            whole = (whole * 10_000) + Group(digits, i);
        }

        var last = Group(digits, groups - 1);
        return places >= 0
            ? ((whole * 10_000) + last) * PowerOfTen.Of(places)
            : (whole * PowerOfTen.Of(GroupDigits + places)) + (last / PowerOfTen.Of(-places));
    }

    private static int Group(ReadOnlySpan<byte> digits, int index) =>
        BinaryPrimitives.ReadInt16BigEndian(digits[(index * sizeof(short))..]);

    private static int DigitsOf(int group) =>
        group >= 1000 ? 4
        : group >= 100 ? 3
        : group >= 10 ? 2
        : 1;
}
