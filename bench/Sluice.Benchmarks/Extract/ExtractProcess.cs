using System.Diagnostics;

namespace Sluice.Benchmarks.Extract;

/// <summary>What <c>sluice extract</c> took, as a process of its own.</summary>
/// <param name="Seconds">From its start to its end.</param>
/// <param name="CpuSeconds">Processor time of its own.</param>
/// <param name="PeakMegabytes">Its greatest memory.</param>
/// <param name="Sessions">Most sessions seen at once.</param>
/// <param name="Output">What it printed.</param>
internal sealed record ExtractProcess(
    double Seconds,
    double CpuSeconds,
    double PeakMegabytes,
    int Sessions,
    string Output
)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Extracts <c>visits</c> into a new project.</summary>
    /// <param name="database">From where.</param>
    /// <param name="throttle">What stands behind <c>throttle:</c>.</param>
    public static async Task<ExtractProcess> RunAsync(BenchDatabase database, string throttle)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-bench-").FullName;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, "sluice.yaml"),
                $$"""
                sources:
                  app:
                    {{database.Yaml}}
                    timezone: UTC
                    throttle: {{throttle}}
                    tables:
                      visits: {}
                """
            );
            using var watching = database.Connect();
            var started = Stopwatch.GetTimestamp();
            using var process = Process.Start(
                new ProcessStartInfo("dotnet", [CommandProcess.Sluice, "extract", "--date", "2015-05-01"])
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            var (cpu, peak, sessions) = (0.0, 0.0, 1);
            var ended = process.WaitForExitAsync();
            while (await Task.WhenAny(ended, Task.Delay(Look, TimeProvider.System)) != ended)
            {
                peak = Math.Max(peak, Machine.PeakMegabytes(process.Id));
                cpu = Math.Max(cpu, Machine.CpuSeconds(process.Id));
                sessions = watching is null ? 1 : Math.Max(sessions, database.Sessions(watching));
            }

            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return process.ExitCode == 0
                ? new(seconds, cpu, peak, sessions, await output + await error)
                : throw new InvalidOperationException(
                    $"sluice exited with {process.ExitCode}: {await output}{await error}"
                );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
