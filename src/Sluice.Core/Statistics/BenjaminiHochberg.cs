namespace Sluice.Core.Statistics;

/// <summary>Corrects the p-values of many tests, so that of what is called different a bounded share is so by chance.</summary>
/// <remarks>
/// Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate" (1995), in the form of adjusted p-values of
/// D. Yekutieli and Y. Benjamini (1999): calling all with a q-value of at most 0.05 different is wrong, on average, for at
/// most one in twenty of them. Holds for tests that are independent or move together.
/// </remarks>
public static class BenjaminiHochberg
{
    /// <summary>The q-values, 0 to 1, in the order of the p-values: never below them, and in the same order of size.</summary>
    /// <param name="pValues">Of every test that is shown, 0 to 1; null where there was no test, which counts for none and
    /// stays null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is not within 0 to 1.</exception>
    public static IReadOnlyList<double?> Adjust(IReadOnlyList<double?> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        if (pValues.FirstOrDefault(p => p is not (null or (>= 0 and <= 1))) is { } wrong)
        {
            throw new ArgumentOutOfRangeException(nameof(pValues), wrong, "A p-value lies within 0 to 1.");
        }

        var ascending = Enumerable
            .Range(0, pValues.Count)
            .Where(i => pValues[i] is not null)
            .OrderBy(i => pValues[i])
            .ToArray();
        var adjusted = new double?[pValues.Count];
        var smallest = 1.0;
        for (var rank = ascending.Length; rank > 0; rank--)
        {
            var test = ascending[rank - 1];
            smallest = Math.Min(smallest, pValues[test]!.Value * ((double)ascending.Length / rank));
            adjusted[test] = smallest;
        }

        return adjusted;
    }
}
