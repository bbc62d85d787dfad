using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Sluice.ParquetWriters;

/// <summary>Compares Parquet writers: bench (the default), describe, diskfull, and the children write and cold.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        long entered = Stopwatch.GetTimestamp();
        switch (args)
        {
            case ["cold", string name, string path]:
                Print(await ChildWork.MeasureColdAsync(WriterVariant.Parse(name), path, entered));
                return 0;
            case ["write", string name, string path, string rows]:
                Print(
                    await ChildWork.MeasureWriteAsync(
                        WriterVariant.Parse(name),
                        path,
                        long.Parse(rows, CultureInfo.InvariantCulture)
                    )
                );
                return 0;
            case ["describe", string path]:
                foreach (string line in ParquetSharpSummarizer.Describe(path))
                {
                    Console.WriteLine(line);
                }

                return 0;
            case ["diskfull", string directory]:
                await DiskFullProbe.RunAsync(directory);
                return 0;
            case [] or ["bench", ..]:
                return await BenchAsync(args);
            default:
                Console.Error.WriteLine(
                    "usage: [bench [--rows N] [--rounds N] [--dir DIR]] | describe FILE | diskfull DIR"
                );
                return 2;
        }
    }

    private static async Task<int> BenchAsync(string[] args)
    {
        long rows = long.Parse(Option(args, "--rows") ?? "1000000", CultureInfo.InvariantCulture);
        int rounds = int.Parse(Option(args, "--rounds") ?? "5", CultureInfo.InvariantCulture);
        string directory = Option(args, "--dir") ?? Path.Combine(Path.GetTempPath(), "sluice-parquet-writers");
        Benchmark benchmark = new(rows, rounds, directory);
        IReadOnlyList<VariantResult> results = await benchmark.RunAsync();
        IReadOnlyList<string> verdicts = await benchmark.VerifyAsync();
        Report.Print(results, rows, rounds);
        Console.WriteLine();
        foreach (string verdict in verdicts)
        {
            Console.WriteLine("- " + verdict);
        }

        return verdicts.Any(v => v.Contains("DIFFERENCES", StringComparison.Ordinal)) ? 1 : 0;
    }

    private static string? Option(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    private static void Print(Measurement measurement) => Console.WriteLine(JsonSerializer.Serialize(measurement));
}
