using System.Globalization;
using System.Text;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;

namespace Sluice.Cli.Output;

/// <summary>A DAG in the terminal: each task below those it waits for, and a column of states for each of the last runs.</summary>
internal static class DagPicture
{
    private const string Whole = "the run";

    // More is no picture: a task is a line, and each that it comes after moves it to the right.
    private const int MostTasks = 1_000;
    private const int MostDepth = 60;

    private static readonly ListOutput Listed = new("task", "kind", "depends_on", "trigger_rule", "retries", "pool");

    /// <summary>Writes it.</summary>
    /// <param name="dag">The DAG.</param>
    /// <param name="runs">The runs, the earliest first.</param>
    /// <param name="format">As a picture, or as rows of its tasks.</param>
    public static void Write(DagDefinition dag, IReadOnlyList<DagRun> runs, OutputFormat format)
    {
        if (format != OutputFormat.Table)
        {
            Listed.Write(dag.Tasks.Select(Row), format);
            return;
        }

        Console.Out.WriteLine(
            $"{dag.Id}  {dag.Timetable.Text}"
                + (dag.Catchup ? ", catchup" : "")
                + string.Create(CultureInfo.InvariantCulture, $", max_active_runs {dag.MaxActiveRuns}")
        );
        Console.Out.WriteLine();
        var depths = Depths(dag);
        if (dag.Tasks.Count > MostTasks || depths.Values.Max() > MostDepth)
        {
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{dag.Tasks.Count} tasks, up to {depths.Values.Max() + 1} one after the other: too many for a picture."
                )
            );
            Console.Out.WriteLine(
                $"'sluice dags show {dag.Id} --format csv' lists them, 'sluice runs show {dag.Id} RUN' what became of them."
            );
            return;
        }

        var lines = dag.Tasks.Select(task => (Task: task, Text: Line(task, depths[task.Id]))).ToList();
        var width = lines.Select(line => line.Text.Length).Append(Whole.Length).Max();
        WriteDates(runs, width);
        foreach (var (task, text) in lines)
        {
            Console.Out.WriteLine(
                $"{text.PadRight(width)}  {string.Concat(runs.Select(run => $" {Mark(run.Task(task.Id))} "))}".TrimEnd()
            );
        }

        if (runs.Count > 0)
        {
            Console.Out.WriteLine(
                $"{Whole.PadRight(width)}  {string.Concat(runs.Select(run => $" {Mark(run)} "))}".TrimEnd()
            );
            Console.Out.WriteLine();
            Console.Out.WriteLine(
                "✓ success  ✗ failed  ! upstream_failed  ▶ running  ↻ up_for_retry  … deferred or queued"
            );
            Console.Out.WriteLine("○ skipped  · not yet  ~ success, but stale");
        }
    }

    private static object?[] Row(TaskDefinition task) =>
        [
            task.Id,
            Kind(task.Work),
            string.Join(' ', task.Upstream),
            Snake(task.TriggerRule.ToString()),
            task.Retry.Retries,
            task.Pool,
        ];

    private static string Line(TaskDefinition task, int depth)
    {
        var text = new StringBuilder().Append(' ', depth * 2).Append(depth > 0 ? "└ " : "").Append(task.Id);
        if (task.Work is TaskWork.WaitFor wait)
        {
            text.Append(" ⧗ ").Append(wait.Target);
        }

        if (task.Upstream.Count > 1)
        {
            text.Append(" ← ")
                .AppendJoin(", ", task.Upstream.Take(3))
                .Append(
                    task.Upstream.Count > 3
                        ? string.Create(CultureInfo.InvariantCulture, $" and {task.Upstream.Count - 3} more")
                        : ""
                );
        }

        return text.ToString();
    }

    // Tasks come after those they wait for.
    private static Dictionary<string, int> Depths(DagDefinition dag)
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var task in dag.Tasks)
        {
            depths[task.Id] = task.Upstream.Count == 0 ? 0 : 1 + task.Upstream.Max(id => depths[id]);
        }

        return depths;
    }

    // Month over day, so that a column is as narrow as it can be read.
    private static void WriteDates(IReadOnlyList<DagRun> runs, int width)
    {
        if (runs.Count == 0)
        {
            return;
        }

        foreach (var part in new[] { "MM", "dd" })
        {
            Console.Out.WriteLine(
                new string(' ', width + 2)
                    + string.Concat(
                        runs.Select(run => run.Interval.LogicalDate.ToString(part, CultureInfo.InvariantCulture) + " ")
                    )
            );
        }
    }

    private static char Mark(TaskInstance task) =>
        task.State switch
        {
            TaskState.Success => task.IsStale ? '~' : '✓',
            TaskState.Failed => '✗',
            TaskState.UpstreamFailed => '!',
            TaskState.Skipped => '○',
            TaskState.Running => '▶',
            TaskState.UpForRetry => '↻',
            TaskState.Deferred or TaskState.Queued => '…',
            TaskState.None => '·',
        };

    private static char Mark(DagRun run) =>
        run.State switch
        {
            RunState.Success => '✓',
            RunState.Failed => '✗',
            RunState.Running => '▶',
            RunState.Queued => '…',
        };

    private static string Kind(TaskWork work) => Snake(work.GetType().Name);

    private static string Snake(string name) =>
        string.Concat(
            name.Select(
                (c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"
            )
        );
}
