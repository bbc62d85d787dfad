using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Sluice.ParquetWriters;

/// <summary>Runs this program again in a fresh process.</summary>
public static class ChildProcess
{
    public static async Task<(Measurement Result, double WallMilliseconds)> RunAsync(params string[] arguments)
    {
        string host =
            Environment.ProcessPath ?? throw new InvalidOperationException("The path of this process is unknown.");
        ProcessStartInfo start = new(host) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("The child did not start.");
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        double wall = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"Child '{string.Join(' ', arguments)}' exited with {process.ExitCode}: {output}"
            );
        }

        Measurement result =
            JsonSerializer.Deserialize<Measurement>(output)
            ?? throw new InvalidOperationException("The child reported nothing.");
        return (result, wall);
    }
}
