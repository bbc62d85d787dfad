using System.Globalization;
using System.Reflection;

namespace Sluice.ParquetWriters;

/// <summary>Prints the results as markdown.</summary>
public static class Report
{
    public static void Print(IReadOnlyList<VariantResult> results, long rows, int rounds)
    {
        Line($"Machine: {CpuModel()}, {Environment.ProcessorCount} cores; .NET {Environment.Version}");
        Line(
            $"Versions: ParquetSharp {VersionOf(typeof(ParquetSharp.ParquetFileWriter))}; Parquet.Net {VersionOf(typeof(Parquet.ParquetWriter))}"
        );
        Line(
            $"Command: `dotnet run -c Release -- bench --rows {rows} --rounds {rounds}`; medians of {rounds}, rounds interleaved."
        );
        Line($"");
        Line(
            $"| writer | rows/s (warm) | min-max | rows/s (first file) | managed B/row (warm) | peak RSS MB | file MB | cold ms, Main to closed | cold ms, whole process |"
        );
        Line($"|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (VariantResult r in results)
        {
            if (r.Variant.Library == WriterLibrary.None)
            {
                Line(
                    $"| {r.Variant.Name} | - | - | - | {r.Median(m => m.WarmAllocatedBytes) / rows:F2} | {Megabytes(r):F0} | - | {VariantResult.Median(r.ColdMain):F0} | {VariantResult.Median(r.ColdProcess):F0} |"
                );
                continue;
            }

            double slow = rows / r.Writes.Max(m => m.WarmSeconds);
            double fast = rows / r.Writes.Min(m => m.WarmSeconds);
            Line(
                $"| {r.Variant.Name} | {rows / r.Median(m => m.WarmSeconds):N0} | {slow / 1000:N0}k-{fast / 1000:N0}k | {rows / r.Median(m => m.FirstSeconds):N0} | {r.Median(m => m.WarmAllocatedBytes) / rows:F2} | {Megabytes(r):F0} | {r.Median(m => m.FileBytes) / 1e6:F2} | {VariantResult.Median(r.ColdMain):F0} | {VariantResult.Median(r.ColdProcess):F0} |"
            );
        }
    }

    private static double Megabytes(VariantResult result) => result.Median(m => m.PeakRssKilobytes) / 1024;

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";

    private static string CpuModel() =>
        File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':', 2)[1]
            .Trim()
        ?? "unknown";
}
