namespace Sluice.Core;

/// <summary>The order of texts by code point, which is that of their UTF-8 and that of the engines.</summary>
internal static class CodePointOrder
{
    public static int Compare(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        return same == a.Length || same == b.Length
            ? a.Length.CompareTo(b.Length)
            : Rank(a[same]).CompareTo(Rank(b[same]));
    }

    // UTF-16 puts the characters beyond U+FFFF, which take two units, before U+E000 to U+FFFF; UTF-8 does not.
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
