using System.Globalization;
using System.Text.Json;
using Sluice.Cli;

namespace Sluice.Benchmarks.Models;

/// <summary>What the runner costs: each shipped model by <c>sluice model</c>, and its statement on DuckDB alone.</summary>
internal static class ModelBenchmark
{
    private const double AllowedShare = 0.1;
    private const double AllowedSeconds = 0.05;

    public static async Task RunAsync(long events, int rounds, int memoryMiB)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-models-").FullName;
        try
        {
            var project = Path.Combine(folder, "shop");
            await ShopLake.WriteAsync(project, events, memoryMiB);
            var (by, plain) = (new List<Run>(), new List<IReadOnlyDictionary<string, double>>());
            for (var round = 0; round < rounds; round++)
            {
                by.Add(RunSluice(project));
                var files = Directory.CreateDirectory(Path.Combine(folder, "plain"));
                plain.Add(await new PlainDuckDb(Composition.Open(project), files.FullName).RunAsync(memoryMiB));
                files.Delete(recursive: true);
            }

            Print(events, memoryMiB, by, plain);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Everything is built each time, as in a first night.
    private static Run RunSluice(string project)
    {
        var process = CommandProcess.Watch(
            project,
            CommandProcess.Sluice,
            "model",
            "--date",
            ShopLake.Date,
            "--full-refresh"
        );
        using var results = JsonDocument.Parse(File.ReadAllText(Path.Combine(project, "target", "run_results.json")));
        return new(
            results
                .RootElement.GetProperty("results")
                .EnumerateArray()
                .ToDictionary(
                    node => node.GetProperty("unique_id").GetString()!.Split('.')[^1],
                    node => node.GetProperty("execution_time").GetDouble(),
                    StringComparer.Ordinal
                ),
            process.PeakMegabytes
        );
    }

    private static void Print(long events, int memoryMiB, List<Run> by, List<IReadOnlyDictionary<string, double>> plain)
    {
        Line($"{Machine.Description}");
        Line($"{events:N0} events, {by.Count} rounds, medians, {memoryMiB} MiB for the engine");
        Line($"");
        Line($"| model | sluice model, s | DuckDB alone, s | difference, ms | allowed, ms |");
        Line($"|---|---:|---:|---:|---:|");
        var (all, allPlain) = (0.0, 0.0);
        foreach (var model in plain[0].Keys)
        {
            var (own, floor) = (
                Median.Of(by.Select(run => run.Seconds[model])),
                Median.Of(plain.Select(run => run[model]))
            );
            (all, allPlain) = (all + own, allPlain + floor);
            Row(model, own, floor, 1);
        }

        Row("all", all, allPlain, plain[0].Count);
        Line($"");
        Line($"Peak memory of sluice model: {by.Max(run => run.PeakMegabytes):N0} MB.");
    }

    private static void Row(string model, double own, double floor, int models) =>
        Line(
            $"| {model} | {own:N2} | {floor:N2} | {(own - floor) * 1000:N0} | {(floor * AllowedShare + models * AllowedSeconds) * 1000:N0} |"
        );

    private static void Line(FormattableString text) =>
        Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>One run of the command.</summary>
    /// <param name="Seconds">Of each model.</param>
    /// <param name="PeakMegabytes">Its greatest memory.</param>
    private sealed record Run(IReadOnlyDictionary<string, double> Seconds, double PeakMegabytes);
}
