using System.Diagnostics;
using System.Text.Json;

namespace Sluice.Benchmarks;

/// <summary>Runs one stage in a process of its own, so that its peak of memory is its own.</summary>
internal static class StageProcess
{
    /// <summary>Starts this program again for the stage and reads what it tells.</summary>
    public static async Task<StageResult> RunAsync(string stage, string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["stage", stage, folder])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<StageResult>(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!
            : throw new InvalidOperationException($"The stage {stage} exited with {process.ExitCode}: {output}");
    }

    /// <summary>The other side: runs the stage here.</summary>
    public static async Task<int> ServeAsync(string[] arguments)
    {
        var (stage, folder) = (arguments[0], arguments[1]);
        var started = Stopwatch.GetTimestamp();
        var rows = await Stages.RunAsync(stage, folder);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.Out.WriteLine(JsonSerializer.Serialize(new StageResult(rows, seconds, Machine.PeakMegabytes())));
        return 0;
    }
}
