using System.Diagnostics;
using System.Globalization;

namespace Sluice.Benchmarks.Extract;

/// <summary>
/// How fast each source is extracted on one session, against draining the same rows by one statement of the same driver without
/// keeping them; and the memory that it takes for few and for many rows.
/// </summary>
internal static class ExtractBenchmark
{
    // Less than this beside the process's start is noise: the difference may even be negative.
    private const double ShortestSeconds = 0.2;

    private static readonly string[] Kinds = ["sqlite", "postgresql", "mariadb"];

    public static async Task RunAsync(long rows, int rounds, long manyRows, string? only)
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine(Machine.Description);
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Medians of {rounds} rounds in turn, {rows:N0} rows of 8 columns; of floor: rate over that of the drain, round by round, each without its start."
            )
        );
        Console.Out.WriteLine();
        Console.Out.WriteLine(
            "| source | drain rows/s | extract rows/s | of drain | own CPU s | peak MB | peak MB of more rows |"
        );
        Console.Out.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var kind in Kinds.Where(kind => only is null || kind == only))
        {
            await MeasureAsync(kind, rows, rounds, manyRows);
        }
    }

    private static async Task MeasureAsync(string kind, long rows, int rounds, long manyRows)
    {
        var file = Path.Combine(Path.GetTempPath(), $"sluice-bench-{Environment.ProcessId}.db");
        try
        {
            using BenchDatabase? database = kind switch
            {
                "sqlite" => new SqliteBench(file),
                "postgresql" => PostgreSqlBench.Start(),
                _ => MariaDbBench.Start(),
            };
            if (database is null)
            {
                Console.Out.WriteLine($"| {kind} is not installed | | | | | | |");
                return;
            }

            database.Fill(1);
            var start = Median.Of([
                (await ExtractProcess.RunAsync(database, "{adaptive: false}")).Seconds,
                (await ExtractProcess.RunAsync(database, "{adaptive: false}")).Seconds,
                (await ExtractProcess.RunAsync(database, "{adaptive: false}")).Seconds,
            ]);
            database.Fill(rows);
            var (drains, extracts) = (new List<double>(), new List<ExtractProcess>());
            database.Drain();
            for (var round = 0; round < rounds; round++)
            {
                var started = Stopwatch.GetTimestamp();
                database.Drain();
                drains.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                extracts.Add(await ExtractProcess.RunAsync(database, "{adaptive: false}"));
            }

            double? more = null;
            if (manyRows > rows)
            {
                database.Fill(manyRows);
                more = (await ExtractProcess.RunAsync(database, "{adaptive: false}")).PeakMegabytes;
            }

            var seconds = Median.Of(extracts.Select(extract => extract.Seconds - start));
            var ofDrain = Median.Of(drains.Zip(extracts, (drain, extract) => drain / (extract.Seconds - start)));
            var rates =
                seconds < ShortestSeconds
                    ? "- | -"
                    : string.Create(CultureInfo.InvariantCulture, $"{rows / seconds:N0} | {ofDrain:0.00}");
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {database.Name} | {rows / Median.Of(drains):N0} | {rates} | {Median.Of(extracts.Select(extract => extract.CpuSeconds)):0.0} | {Median.Of(extracts.Select(extract => extract.PeakMegabytes)):0} | {more:0} |"
                )
            );
        }
        finally
        {
            File.Delete(file);
        }
    }
}
