using Sluice.Core.Scheduling.Service;

namespace Sluice.Cli.Commands.Scheduling;

/// <summary>Says what was made from tasks that run again.</summary>
internal static class StaleReport
{
    public static void Write(IEnumerable<StaleTasks> stale)
    {
        foreach (var (run, tasks) in stale)
        {
            Console.Out.WriteLine(
                $"Stale now: {run.DagId} {run.Interval.Ds} {string.Join(", ", tasks)}. 'sluice runs clear {run.DagId} {run.Interval.Ds}' runs it again."
            );
        }
    }
}
