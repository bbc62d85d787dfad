using System.Globalization;
using Microsoft.Data.Sqlite;
using Sluice.Cli.Demo;

namespace Sluice.Benchmarks;

/// <summary>Rows per second and peak memory of each stage of the way, over the sample scaled to a number of events.</summary>
internal static class PipelineBenchmark
{
    private const double EventsPerUser = 414_198.0 / 90_400;

    private static readonly string[] Measured = ["drain", "extract", "import", "model", "funnel"];

    public static async Task RunAsync(long events, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-bench-").FullName;
        try
        {
            Prepare(folder, events);
            // Publishes what the stages read; not counted.
            await StageProcess.RunAsync("run", folder);
            var results = Measured.ToDictionary(stage => stage, _ => new List<StageResult>(), StringComparer.Ordinal);
            for (var round = 0; round < rounds; round++)
            {
                foreach (var stage in Measured)
                {
                    results[stage].Add(await StageProcess.RunAsync(stage, folder));
                }
            }

            Print(results, rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Prepare(string folder, long events)
    {
        DemoProject.Write(folder);
        var users = Math.Max(1, (long)Math.Round(events / EventsPerUser));
        var database = Path.Combine(folder, DemoProject.DatabaseName);
        SampleDatabase.Write(database, new SampleOptions { Users = users }, null, CancellationToken.None);
        ExportCsv(database, Path.Combine(folder, Stages.CsvName));
    }

    private static void ExportCsv(string database, string path)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select * from events";
        using var rows = command.ExecuteReader();
        using var output = new StreamWriter(path);
        output.WriteLine(string.Join(',', Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)));
        while (rows.Read())
        {
            var fields = Enumerable
                .Range(0, rows.FieldCount)
                .Select(i =>
                    rows.IsDBNull(i) ? "" : $"\"{rows.GetString(i).Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                );
            output.WriteLine(string.Join(',', fields));
        }
    }

    private static void Print(Dictionary<string, List<StageResult>> results, int rounds)
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine(Machine.Description);
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Medians of {rounds}, each stage a process of its own, all stages in turn; of drain: rows per second over those of drain, round by round."
            )
        );
        Console.Out.WriteLine();
        Console.Out.WriteLine("| stage | rows | rows/s | of drain | peak MB |");
        Console.Out.WriteLine("|---|---:|---:|---:|---:|");
        foreach (var (stage, figures) in results)
        {
            var rate = Median.Of(figures.Select(result => result.RowsPerSecond));
            var ratio =
                stage == "extract"
                    ? Median
                        .Of(figures.Zip(results["drain"], (a, b) => a.RowsPerSecond / b.RowsPerSecond))
                        .ToString("0.00", CultureInfo.InvariantCulture)
                    : "";
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {stage} | {figures[0].Rows:N0} | {rate:N0} | {ratio} | {Median.Of(figures.Select(result => result.PeakMegabytes)):0} |"
                )
            );
        }
    }
}
