namespace Sluice.Core.Reports;

/// <summary>The axis of a chart of shares, from zero to a round share.</summary>
/// <param name="Max">Its end, above 0 and at most 1.</param>
internal readonly record struct ChartScale(double Max)
{
    private static readonly double[] Ends =
    [
        0.001,
        0.002,
        0.005,
        0.01,
        0.02,
        0.04,
        0.06,
        0.08,
        0.1,
        0.15,
        0.2,
        0.25,
        0.3,
        0.4,
        0.5,
        0.6,
        0.8,
    ];

    /// <summary>The shortest axis that holds all shares.</summary>
    public static ChartScale Of(IEnumerable<double?> shares)
    {
        var largest = shares.Select(share => Figures.Finite(share) ?? 0).DefaultIfEmpty().Max();
        return new(Ends.FirstOrDefault(end => end >= largest, 1));
    }

    /// <summary>Where a share lies, 0 to 1.</summary>
    public double At(double share) => Math.Clamp(share / Max, 0, 1);

    /// <summary>A share of the axis as its label.</summary>
    public string Label(double part) => Figures.Fixed(Max * part * 100, "0.##") + " %";
}
