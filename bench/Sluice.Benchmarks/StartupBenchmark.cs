using System.Globalization;

namespace Sluice.Benchmarks;

/// <summary>How long <c>sluice --version</c> takes, against a .NET program that only prints a line.</summary>
internal static class StartupBenchmark
{
    public static void Run(int rounds)
    {
        var (ours, theirs) = (new List<double>(), new List<double>());
        Measure(CommandProcess.Sluice, "--version");
        Measure(CommandProcess.Empty);
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(Measure(CommandProcess.Sluice, "--version"));
            theirs.Add(Measure(CommandProcess.Empty));
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

    private static double Measure(string program, params string[] arguments) =>
        CommandProcess.Run(Environment.CurrentDirectory, program, arguments).Milliseconds;
}
