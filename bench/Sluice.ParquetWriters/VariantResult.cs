namespace Sluice.ParquetWriters;

/// <summary>All runs of one variant, and their medians.</summary>
public sealed class VariantResult(WriterVariant variant)
{
    public WriterVariant Variant { get; } = variant;

    public List<Measurement> Writes { get; } = [];

    public List<double> ColdMain { get; } = [];

    public List<double> ColdProcess { get; } = [];

    public double Median(Func<Measurement, double> select) => Median(Writes.Select(select));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
