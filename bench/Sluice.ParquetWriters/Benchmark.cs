using System.Globalization;

namespace Sluice.ParquetWriters;

/// <summary>Runs every variant in turn, round after round, then checks the files of the last round.</summary>
public sealed class Benchmark(long rows, int rounds, string directory)
{
    public async Task<IReadOnlyList<VariantResult>> RunAsync()
    {
        Directory.CreateDirectory(directory);
        VariantResult[] results = [.. WriterVariant.All.Select(v => new VariantResult(v))];
        for (int round = 0; round < rounds; round++)
        {
            // Every other round runs backwards, so that no variant always follows the same neighbour.
            foreach (VariantResult result in round % 2 == 0 ? results : results.Reverse())
            {
                await MeasureAsync(result);
                Console.Error.WriteLine($"round {round + 1}/{rounds} {result.Variant.Name}: {result.Writes[^1]}");
            }
        }

        return results;
    }

    /// <summary>Reads each file with both libraries; returns one line a file.</summary>
    public async Task<IReadOnlyList<string>> VerifyAsync()
    {
        FileSummary expected = FileSummary.OfGenerator(rows);
        string[] columns = [.. new EventPage(1).Columns.Select(c => c.Name)];
        List<string> lines = [];
        foreach (WriterVariant variant in WriterVariant.All.Where(v => v.Library != WriterLibrary.None))
        {
            string path = PathOf(variant);
            string[] sharp = [.. expected.Differences(ParquetSharpSummarizer.Summarize(path, columns))];
            string[] net = [.. expected.Differences(await ParquetNetSummarizer.SummarizeAsync(path, columns))];
            lines.Add($"{variant.Name}: read by ParquetSharp {Describe(sharp)}; read by Parquet.Net {Describe(net)}");
        }

        return lines;
    }

    public string PathOf(WriterVariant variant) => Path.Combine(directory, variant.Name + ".parquet");

    private static string Describe(string[] differences) =>
        differences.Length == 0
            ? "equal (data, null counts, statistics)"
            : $"{differences.Length} DIFFERENCES, e.g. {differences[0]}";

    private async Task MeasureAsync(VariantResult result)
    {
        string name = result.Variant.Name;
        string size = rows.ToString(CultureInfo.InvariantCulture);
        (Measurement write, _) = await ChildProcess.RunAsync("write", name, PathOf(result.Variant), size);
        result.Writes.Add(write);
        (Measurement cold, double wall) = await ChildProcess.RunAsync(
            "cold",
            name,
            Path.Combine(directory, name + ".cold.parquet")
        );
        result.ColdMain.Add(cold.ColdMilliseconds);
        result.ColdProcess.Add(wall);
    }
}
