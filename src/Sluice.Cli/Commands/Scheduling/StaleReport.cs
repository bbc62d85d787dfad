using Sluice.Cli.Output;
using Sluice.Core.Scheduling.Service;

namespace Sluice.Cli.Commands.Scheduling;

/// <summary>Says what was made from tasks that run again.</summary>
internal static class StaleReport
{
    public static void Write(IEnumerable<StaleTasks> stale, DagSet dags)
    {
        foreach (var (run, tasks) in stale)
        {
            var name = RunName.Of(run.Interval, dags.Get(run.DagId).TimeZone);
            Console.Out.WriteLine(
                $"Stale now: {run.DagId} {name} {string.Join(", ", tasks)}. 'sluice runs clear {run.DagId} {name}' runs it again."
            );
        }
    }
}
