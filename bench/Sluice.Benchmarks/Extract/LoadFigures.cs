using System.Diagnostics;
using System.Globalization;

namespace Sluice.Benchmarks.Extract;

/// <summary>What the load saw.</summary>
internal sealed record LoadFigures(double PerSecond, double P50Micros, double P99Micros, double P999Micros)
{
    /// <summary>Runs the load in a process of its own for as long as some work takes.</summary>
    public static async Task<LoadFigures> DuringAsync(
        string kind,
        BenchDatabase database,
        double perSecond,
        long rows,
        Func<Task> work
    )
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                Environment.ProcessPath!,
                [
                    "load",
                    kind,
                    database.Address,
                    perSecond.ToString(CultureInfo.InvariantCulture),
                    rows.ToString(CultureInfo.InvariantCulture),
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        if (await process.StandardOutput.ReadLineAsync() != "ready")
        {
            throw new InvalidOperationException("The load did not start.");
        }

        await work();
        await process.StandardInput.WriteLineAsync();
        var figures = (await process.StandardOutput.ReadToEndAsync())
            .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture))
            .ToList();
        await process.WaitForExitAsync();
        return new(figures[0], figures[1], figures[2], figures[3]);
    }
}
