namespace Sluice.Benchmarks;

/// <summary>The middle of some figures: what a noisy machine does now and then does not move it.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
