using System.Runtime.InteropServices;

namespace Sluice.Lake.Sources;

/// <summary>Threads that others go before: where a database shares its machine with us, its own work comes first.</summary>
internal static partial class GentleThread
{
    [ThreadStatic]
    private static bool t_isGentle;

    /// <summary>Has everything else on this machine go before the calling thread, from now on. Where that cannot be asked for, nothing happens.</summary>
    /// <remarks>
    /// Only for threads of one's own: whoever has lowered itself may not rise again. On Linux a thread has a priority of its own, and
    /// <see cref="Thread.Priority"/> does nothing.
    /// </remarks>
    public static void Enter()
    {
        if (t_isGentle)
        {
            return;
        }

        t_isGentle = true;
        if (OperatingSystem.IsLinux())
        {
            const int Idle = 5;
            var priority = 0;
            _ = SetScheduler(0, Idle, in priority);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.Lowest;
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, in int priority);
}
