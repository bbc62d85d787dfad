using System.Globalization;

namespace Sluice.Benchmarks;

/// <summary>What a table of figures must say of where it was made.</summary>
internal static class Machine
{
    private const double TicksPerSecond = 100;

    public static string Description =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Processor()}, {Environment.ProcessorCount} cores, .NET {Environment.Version}"
        );

    /// <summary>The greatest memory this process ever had, in MB; 0 where the system does not tell.</summary>
    public static double PeakMegabytes() => PeakMegabytes(Environment.ProcessId);

    /// <summary>The same of another process; 0 once it has ended.</summary>
    public static double PeakMegabytes(int process)
    {
        var line = Lines($"/proc/{process}/status")
            .FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null
            ? 0
            : double.Parse(string.Concat(line.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    /// <summary>The processor time that a process has used; 0 once it has ended.</summary>
    public static double CpuSeconds(int process) =>
        Lines($"/proc/{process}/stat").FirstOrDefault() is { } line
            ? line[(line.LastIndexOf(')') + 2)..]
                .Split(' ')[11..13]
                .Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond
            : 0;

    /// <summary>The processor time that all processes have used since the machine began.</summary>
    public static double BusySeconds()
    {
        // user, nice, system, idle, waiting, and what interrupts take
        var ticks = Lines("/proc/stat")
            .First()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture))
            .ToList();
        return (ticks.Sum() - ticks[3] - ticks[4]) / TicksPerSecond;
    }

    private static List<string> Lines(string path)
    {
        try
        {
            return [.. File.ReadLines(path)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static string Processor()
    {
        const string Processors = "/proc/cpuinfo";
        var line = File.Exists(Processors)
            ? File.ReadLines(Processors).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? "an unknown processor";
    }
}
