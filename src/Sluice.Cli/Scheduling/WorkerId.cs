using System.Diagnostics;
using System.Globalization;

namespace Sluice.Cli.Scheduling;

/// <summary>Names a process so that others of the same machine can tell whether it still is there.</summary>
internal static class WorkerId
{
    private const char Separator = ':';

    // Machines may share a name, and so may containers of one machine, of which each counts its processes for itself.
    private static string Place { get; } = $"{Environment.MachineName}{Separator}{Boot()}-{Namespace()}";

    /// <summary>That of this process: where it is, its number, and when it began, since numbers come again.</summary>
    public static string Own { get; } = Of(Environment.ProcessId, StartOf(Environment.ProcessId)!);

    /// <summary>Whether a worker is a process of this place that is over.</summary>
    public static bool IsGone(string worker)
    {
        var parts = worker.Split(Separator);
        return parts is [_, _, var number, var start]
            && worker.StartsWith(Place + Separator, StringComparison.Ordinal)
            && int.TryParse(number, CultureInfo.InvariantCulture, out var id)
            && StartOf(id) != start
            && !(OperatingSystem.IsLinux() && ProcessTable.IsHidden(id));
    }

    private static string Of(int id, string start) =>
        string.Create(CultureInfo.InvariantCulture, $"{Place}{Separator}{id}{Separator}{start}");

    private static string Boot() => OperatingSystem.IsLinux() ? ProcessTable.BootId[..8] : "";

    private static string Namespace()
    {
        try
        {
            var link = File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name ?? "";
            return string.Concat(link.Where(char.IsAsciiDigit));
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // A time of day would follow the clock when it is set, and Linux counts from the boot: the same process would begin at two times.
    private static string? StartOf(int id)
    {
        if (OperatingSystem.IsLinux())
        {
            return ProcessTable.Find(id)?.Start.ToString(CultureInfo.InvariantCulture);
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return process.StartTime.ToUniversalTime().ToString("yyyyMMddTHHmmssff", CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
