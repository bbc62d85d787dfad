namespace Sluice.Lake.Sources;

/// <summary>The powers of ten that decimals are scaled by.</summary>
internal static class PowerOfTen
{
    private static readonly Int128[] Powers = All();

    /// <summary>Ten to the power of 0 to 38.</summary>
    public static Int128 Of(int exponent) => Powers[exponent];

    private static Int128[] All()
    {
        var powers = new Int128[39];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }
}
