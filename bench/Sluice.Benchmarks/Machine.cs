using System.Globalization;

namespace Sluice.Benchmarks;

/// <summary>What a table of figures must say of where it was made.</summary>
internal static class Machine
{
    public static string Description =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Processor()}, {Environment.ProcessorCount} cores, .NET {Environment.Version}"
        );

    /// <summary>The greatest memory this process ever had, in MB; 0 where the system does not tell.</summary>
    public static double PeakMegabytes()
    {
        const string Status = "/proc/self/status";
        var line = File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal))
            : null;
        return line is null
            ? 0
            : double.Parse(string.Concat(line.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture) * 1024 / 1e6;
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
