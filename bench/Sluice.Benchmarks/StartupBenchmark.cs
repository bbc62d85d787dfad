using System.Diagnostics;
using System.Globalization;

namespace Sluice.Benchmarks;

/// <summary>How long <c>sluice --version</c> takes, against a .NET program that only prints a line.</summary>
internal static class StartupBenchmark
{
    public static void Run(int rounds)
    {
        var sluice = Path.Combine(AppContext.BaseDirectory, "sluice.dll");
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var empty = Path.GetFullPath(
            Path.Combine(
                AppContext.BaseDirectory,
                "..",
                "..",
                "Sluice.EmptyProgram",
                configuration,
                "Sluice.EmptyProgram.dll"
            )
        );
        var (ours, theirs) = (new List<double>(), new List<double>());
        Measure(sluice, "--version");
        Measure(empty);
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(Measure(sluice, "--version"));
            theirs.Add(Measure(empty));
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine("| start | median ms | ratio |");
        Console.Out.WriteLine("|---|---:|---:|");
        Console.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"| an empty .NET program | {Median.Of(theirs):0} | 1.00 |")
        );
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| sluice --version | {Median.Of(ours):0} | {Median.Of(ours.Zip(theirs, (a, b) => a / b)):0.00} |"
            )
        );
    }

    // Both through the same host, since a program's own host is not copied beside another's.
    private static double Measure(params string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(started).TotalMilliseconds
            : throw new InvalidOperationException($"'{string.Join(' ', arguments)}' exited with {process.ExitCode}.");
    }
}
