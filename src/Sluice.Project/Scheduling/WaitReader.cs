using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.States;
using Sluice.Project.Yaml;

namespace Sluice.Project.Scheduling;

/// <summary>Reads a wait for another DAG, or a task of one.</summary>
internal static class WaitReader
{
    public static readonly string[] Keys =
    [
        "offset",
        "match",
        "allowed_states",
        "failed_states",
        "timeout",
        "soft_fail",
    ];

    private static readonly string[] States =
    [
        .. Enum.GetValues<TaskState>().Where(state => state.IsFinished()).Select(state => state.ToName()),
    ];

    public static TaskWork? Read(YamlMap task, DagScope scope)
    {
        if (task.RequiredText("wait_for") is not { } text)
        {
            return null;
        }

        var (dag, target) = Split(text, scope.DagIds);
        var wait = new TaskWork.WaitFor(dag, target);
        var allowed = ReadStates(task, "allowed_states") ?? wait.AllowedStates;
        var failed = ReadStates(task, "failed_states");
        if (failed is not null && failed.Overlaps(allowed))
        {
            task.Report(
                "failed_states",
                $"a state cannot end a wait well and as failed: {string.Join(", ", failed.Intersect(allowed).Select(state => state.ToName()))}."
            );
        }

        if (target is null && allowed.Count > 0 && !allowed.Overlaps([TaskState.Success, TaskState.Failed]))
        {
            task.Report("allowed_states", "a whole run ends as success or failed, and the wait allows neither.");
        }

        return wait with
        {
            Match = task.Choice("match", wait.Match),
            Offset = ReadOffset(task),
            AllowedStates = allowed,
            FailedStates = failed ?? wait.FailedStates.Except(allowed).ToHashSet(),
            Timeout = task.Duration("timeout") ?? wait.Timeout,
            SoftFail = task.Flag("soft_fail", false),
        };
    }

    // Ids may have dots: the longest DAG that is known is meant; else all before the first dot.
    private static (string Dag, string? Task) Split(string text, IReadOnlyList<string> dags)
    {
        if (dags.Contains(text, StringComparer.Ordinal))
        {
            return (text, null);
        }

        var length =
            dags.Where(dag => text.StartsWith($"{dag}.", StringComparison.Ordinal))
                .Select(dag => (int?)dag.Length)
                .Max()
            ?? text.IndexOf('.', StringComparison.Ordinal);
        return length < 0 ? (text, null) : (text[..length], text[(length + 1)..]);
    }

    private static TimeSpan ReadOffset(YamlMap task)
    {
        if (task.Text("offset") is not { } text)
        {
            return TimeSpan.Zero;
        }

        var isLater = text.StartsWith('-');
        if (DurationText.Parse(isLater ? text[1..] : text) is { } span)
        {
            return isLater ? -span : span;
        }

        task.Report(
            "offset",
            $"'{text}' is no offset.",
            "Write how much earlier the logical date is that is waited for, as 1h; or -1h for a later one."
        );
        return TimeSpan.Zero;
    }

    private static HashSet<TaskState>? ReadStates(YamlMap task, string key)
    {
        if (!task.Has(key))
        {
            return null;
        }

        var states = new HashSet<TaskState>();
        foreach (var item in task.Items(key))
        {
            if (item.Text is { } name && TaskStates.Find(name) is { } state && state.IsFinished())
            {
                states.Add(state);
            }
            else
            {
                task.ReportAt(
                    item,
                    $"'{item.Text}' is no state that a task ends in.",
                    Nearest.Suggest(item.Text ?? "", States)
                );
            }
        }

        return states;
    }
}
