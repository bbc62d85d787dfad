using System.Diagnostics;
using System.Text.Json;

namespace Sluice.Benchmarks.Funnel;

/// <summary>ClickHouse on the same events: <c>windowFunnel</c> over a MergeTree in the order of user and time, its best layout.</summary>
internal static class ClickHouseRival
{
    /// <summary>The best time and the users that reached each step; null where chdb or node is not here.</summary>
    public static (double Milliseconds, long[] Reached)? Run(string parquet, int rounds)
    {
        var packages = Path.Combine(Environment.CurrentDirectory, "tests", "delta-reader");
        if (!Directory.Exists(Path.Combine(packages, "node_modules", "chdb")))
        {
            return null;
        }

        var steps = string.Join(", ", Enumerable.Range(1, FunnelSample.Steps).Select(step => $"code = {step}"));
        string[] statements =
        [
            "create table e (user UInt32, second UInt32, code UInt8) engine = MergeTree order by (user, second)",
            $"insert into e select user, second, code from file('{parquet}', Parquet)",
            "optimize table e final",
            $"""
                select level, count() from (
                  select windowFunnel({FunnelSample.WindowSeconds})(second, {steps}) level from e group by user
                ) group by level settings optimize_aggregation_in_order = 1
                """,
        ];
        var script = Path.Combine(AppContext.BaseDirectory, "Funnel", "clickhouse.mjs");
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(
                    "node",
                    [script, packages, Path.Combine(Path.GetDirectoryName(parquet)!, "clickhouse")]
                )
                {
                    UseShellExecute = false,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!;
            process.StandardInput.Write(JsonSerializer.Serialize(new { statements, rounds }));
            process.StandardInput.Close();
            using var answer = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
            process.WaitForExit();
            var reached = new long[FunnelSample.Steps];
            foreach (var row in answer.RootElement.GetProperty("rows").EnumerateArray())
            {
                for (var step = 0; step < row[0].GetInt64(); step++)
                {
                    reached[step] += row[1].GetInt64();
                }
            }

            return (answer.RootElement.GetProperty("milliseconds").GetDouble(), reached);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
