using System.Globalization;
using System.Runtime.InteropServices;

namespace Sluice.Cli.Scheduling;

/// <summary>The processes of a Linux machine, as <c>/proc</c> shows them.</summary>
internal static partial class ProcessTable
{
    // EPERM: it is there, and somebody else's.
    private const int NotOurs = 1;

    /// <summary>A process.</summary>
    /// <param name="Id">Its number.</param>
    /// <param name="Parent">The number of the process that it belongs to.</param>
    /// <param name="Session">The number of its session.</param>
    /// <param name="Start">When it began, in the kernel's ticks since the machine did.</param>
    internal readonly record struct Entry(int Id, int Parent, int Session, long Start);

    /// <summary>What the machine drew when it began to run: of no other machine and no other time.</summary>
    public static string BootId { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>A process; null where it is over, though its parent may not have taken notice.</summary>
    public static Entry? Find(int id)
    {
        try
        {
            return Parse(id, File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat")));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether there is a process that the system shows to its own user alone.</summary>
    public static bool IsHidden(int id) =>
        Find(id) is null && Signal(id, 0) != 0 && Marshal.GetLastPInvokeError() == NotOurs;

    /// <summary>All that a process has started or adopted, and they in turn.</summary>
    public static IReadOnlyList<int> Below(int id)
    {
        var children = All().ToLookup(entry => entry.Parent, entry => entry.Id);
        var found = new HashSet<int>();
        var due = new Queue<int>([id]);
        while (due.TryDequeue(out var parent))
        {
            foreach (var child in children[parent].Where(found.Add))
            {
                due.Enqueue(child);
            }
        }

        return [.. found];
    }

    /// <summary>The processes of a session.</summary>
    public static IReadOnlyList<int> InSession(int session) =>
        [.. All().Where(entry => entry.Session == session).Select(entry => entry.Id)];

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int id, int signal);

    private static IEnumerable<Entry> All() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(folder =>
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? Find(id) : null
            )
            .OfType<Entry>();

    // The name stands in parentheses and may hold any character, these as well.
    private static Entry? Parse(int id, string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X"
            ? null
            : new(id, Number(fields[1]), Number(fields[3]), long.Parse(fields[19], CultureInfo.InvariantCulture));

        static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);
    }
}
