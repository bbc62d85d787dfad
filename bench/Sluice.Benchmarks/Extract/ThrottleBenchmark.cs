using System.Globalization;

namespace Sluice.Benchmarks.Extract;

/// <summary>
/// What a shop that keeps 30 % of the machine busy notices of an extract: alone, with one that reads as fast as it can, and with
/// one under the controller, in turn.
/// </summary>
internal static class ThrottleBenchmark
{
    private const double Busy = 0.30;

    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(string kind, long rows, int rounds, double? perSecond)
    {
        using var database = kind == "mariadb" ? MariaDbBench.Start() : (BenchDatabase?)PostgreSqlBench.Start();
        if (database is null)
        {
            Console.Out.WriteLine($"{kind} is not installed: dotnet run build.cs -- setup");
            return;
        }

        database.Fill(rows);
        var rate = perSecond ?? await FindRateAsync(kind, database, rows);
        Console.Out.WriteLine();
        Console.Out.WriteLine(Machine.Description);
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{database.Name}, {rows:N0} rows of 8 columns, {rounds} rounds, a load of {rate:N0} statements a second"
            )
        );
        Console.Out.WriteLine();
        Console.Out.WriteLine(
            "| round | extract | load/s | p50 µs | p99 µs | p99 of alone | rows/s | longest statement ms | sessions | own CPU s | peak MB |"
        );
        Console.Out.WriteLine("|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        var ratios = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        for (var round = 1; round <= rounds; round++)
        {
            var alone = await LoadFigures.DuringAsync(
                kind,
                database,
                rate,
                rows,
                () => Task.Delay(Alone, TimeProvider.System)
            );
            Print(round, "none", alone, alone, null, rows, null);
            foreach (var (name, throttle) in new[] { ("free", "{adaptive: false}"), ("controlled", "{}") })
            {
                database.LongestStatement();
                ExtractProcess? extract = null;
                var load = await LoadFigures.DuringAsync(
                    kind,
                    database,
                    rate,
                    rows,
                    async () => extract = await ExtractProcess.RunAsync(database, throttle)
                );
                Print(round, name, load, alone, extract, rows, database.LongestStatement());
                if (!ratios.TryGetValue(name, out var list))
                {
                    ratios[name] = list = [];
                }

                list.Add(load.P99Micros / alone.P99Micros);
                ratios.TryAdd($"{name} rows", []);
                ratios[$"{name} rows"].Add(rows / extract!.Seconds);
            }
        }

        Console.Out.WriteLine();
        foreach (var name in new[] { "free", "controlled" })
        {
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: median p99 {Median.Of(ratios[name]):0.00} times alone ({ratios[name].Min():0.00} to {ratios[name].Max():0.00}), {Median.Of(ratios[$"{name} rows"]):N0} rows/s"
                )
            );
        }
    }

    // The rate at which the load alone keeps its share of the machine busy.
    private static async Task<double> FindRateAsync(string kind, BenchDatabase database, long rows)
    {
        var rate = 2000.0;
        for (var i = 0; i < 4; i++)
        {
            var busy = 0.0;
            await LoadFigures.DuringAsync(
                kind,
                database,
                rate,
                rows,
                async () =>
                {
                    var before = Machine.BusySeconds();
                    await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
                    busy = (Machine.BusySeconds() - before) / 4 / Environment.ProcessorCount;
                }
            );
            rate *= Busy / Math.Max(busy, 0.01);
        }

        return Math.Round(rate / 50) * 50;
    }

    private static void Print(
        int round,
        string name,
        LoadFigures load,
        LoadFigures alone,
        ExtractProcess? extract,
        long rows,
        TimeSpan? longest
    ) =>
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {round} | {name} | {load.PerSecond:N0} | {load.P50Micros:N0} | {load.P99Micros:N0} | {load.P99Micros / alone.P99Micros:0.00} | {(extract is null ? "" : (rows / extract.Seconds).ToString("N0", CultureInfo.InvariantCulture))} | {longest?.TotalMilliseconds:0.0} | {extract?.Sessions} | {extract?.CpuSeconds:0.0} | {extract?.PeakMegabytes:0} |"
            )
        );
}
