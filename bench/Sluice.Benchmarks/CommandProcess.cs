using System.Diagnostics;

namespace Sluice.Benchmarks;

/// <summary>A .NET program run as a process of its own.</summary>
/// <param name="Milliseconds">From its start to its end.</param>
/// <param name="PeakMegabytes">Its greatest memory; 0 where nobody looked.</param>
/// <param name="Output">What it printed.</param>
internal sealed record CommandProcess(double Milliseconds, double PeakMegabytes, string Output)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>The command as it is installed, where <c>build.cs bench</c> has made it; else as it was built.</summary>
    public static string Sluice { get; } =
        Environment.GetEnvironmentVariable("SLUICE_PROGRAM") ?? Path.Combine(AppContext.BaseDirectory, "sluice.dll");

    /// <summary>A program that only prints a line.</summary>
    public static string Empty { get; } =
        Path.GetFullPath(
            Path.Combine(
                AppContext.BaseDirectory,
                "..",
                "..",
                "Sluice.EmptyProgram",
                Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
                "Sluice.EmptyProgram.dll"
            )
        );

    /// <summary>Runs it to its end.</summary>
    public static CommandProcess Run(string folder, string program, params string[] arguments) =>
        Run(folder, watched: false, program, arguments);

    /// <summary>The same, and looks at its memory all the time.</summary>
    public static CommandProcess Watch(string folder, string program, params string[] arguments) =>
        Run(folder, watched: true, program, arguments);

    // All through the same host, since a program's own host is not copied beside another's.
    private static CommandProcess Run(string folder, bool watched, string program, string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [program, .. arguments])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var peak = 0.0;
        while (watched && !process.WaitForExit(Look))
        {
            peak = Math.Max(peak, Machine.PeakMegabytes(process.Id));
        }

        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? new(Stopwatch.GetElapsedTime(started).TotalMilliseconds, peak, output)
            : throw new InvalidOperationException(
                $"'{program} {string.Join(' ', arguments)}' exited with {process.ExitCode}: {output}"
            );
    }
}
