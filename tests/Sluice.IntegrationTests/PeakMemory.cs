using System.Diagnostics;
using System.Globalization;

namespace Sluice.IntegrationTests;

/// <summary>The greatest memory that a process had, managed and native together.</summary>
internal static class PeakMemory
{
    public const string WhyLinux = "The peak is read from /proc.";

    /// <summary>Waits for the end of the process, and gives its peak in bytes. Its output must be short.</summary>
    public static long Until(Process ended)
    {
        var peak = 0L;
        while (!ended.WaitForExit(TimeSpan.FromMilliseconds(50)))
        {
            peak = Math.Max(peak, SoFar(ended.Id));
        }

        return peak;
    }

    /// <summary>The peak of a process that runs, in bytes; 0 where it is gone.</summary>
    public static long SoFar(int process)
    {
        try
        {
            // VmHWM is the greatest resident size so far, in KiB.
            var line = File.ReadLines($"/proc/{process}/status")
                .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(
                    line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim('\t'),
                    CultureInfo.InvariantCulture
                ) << 10;
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}
