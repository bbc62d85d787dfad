using System.Globalization;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Time;
using Sluice.Project.Yaml;

namespace Sluice.Tests.Core.Scheduling;

/// <summary>
/// A recorded run: tasks above the line, one each, and below it what happens to one at a time of the day and, behind the arrow,
/// the tasks that are no longer none, what may start, and what has become of the run.
/// </summary>
/// <param name="text">As in tests/histories.</param>
internal sealed class History(string text) : IRunStates
{
    private static readonly DataInterval Day = DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc);
    private static readonly DagDefinition Other = new("other", [new("x", new TaskWork.Shell("true"), [])]);

    private readonly DagDefinition _dag = new("dag", [.. Lines(text, 0).Select(Task)]);
    private DagRun _run = new("dag", Day, RunKind.Scheduled) { State = RunState.Running, Since = Day.End };
    private DagRun? _other;

    public DagRun? Find(string dagId, DateTimeOffset start) => start == Day.Start && dagId == "other" ? _other : null;

    public void Run()
    {
        foreach (var line in Lines(text, 1))
        {
            if (line.StartsWith("reason ", StringComparison.Ordinal))
            {
                var (task, reason) = Cut(line["reason ".Length..], ": ");
                Assert.Equal(reason, _run.Task(task).Reason);
                continue;
            }

            var (happens, expected) = Cut(line, "->");
            var words = happens.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var now = Day.End + TimeSpan.Parse(words[0], CultureInfo.InvariantCulture);
            if (words is [_, var what, var whom])
            {
                Happen(what, whom, now);
            }

            Assert.Equal($"{words[0]} {expected.Trim()}", $"{words[0]} {Advance(now)}");
        }
    }

    private void Happen(string what, string whom, DateTimeOffset now)
    {
        if (what.StartsWith("other", StringComparison.Ordinal))
        {
            _other ??= new("other", Day, RunKind.Scheduled) { State = RunState.Running, Since = now };
            _other =
                what == "other"
                    ? _other with
                    {
                        State = Enum.Parse<RunState>(whom, ignoreCase: true),
                    }
                    : _other.With("x", new(TaskStates.Find(whom)!.Value, now));
            return;
        }

        var task = _dag.Tasks.Single(task => task.Id == whom);
        var instance = _run.Task(whom);
        _run = what switch
        {
            "start" => Change(instance.Become(TaskState.Queued, now).Start(now)),
            "succeed" => Change(instance.Become(TaskState.Success, now)),
            "fail" => Change(instance.Fail(task.Retry, now, jitter: 1, "it broke")),
            "lose" => Change(instance.Fail(task.Retry, now, jitter: 1, "its worker was lost")),
            "hand_back" => Change(instance.HandBack(now, "the worker shut down")),
            "clear_alone" => _run.Clear([whom], now) with { State = RunState.Running },
            "clear" => _run.Clear(_dag, whom, now) with { State = RunState.Running },
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };

        DagRun Change(TaskInstance changed) => _run.With(whom, changed);
    }

    private string Advance(DateTimeOffset now)
    {
        var dags = new[] { _dag, Other }.ToDictionary(dag => dag.Id, StringComparer.Ordinal);
        var plan = new DagPlanner(dags, this, () => 1).Advance(_dag, _run, now);
        _run = plan.Runs is [var next] ? next : _run;
        var states = _dag
            .Tasks.Where(task => _run.Task(task.Id).State != TaskState.None)
            .Select(task => $"{task.Id} {_run.Task(task.Id).State.ToName()}");
        string[] parts =
        [
            string.Join(", ", states),
            plan.Ready.Count == 0 ? "" : $"ready {string.Join(", ", plan.Ready.Select(ready => ready.Task.Id))}",
            _run.IsActive ? "" : $"run {(_run.State == RunState.Success ? "success" : "failed")}",
        ];
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }

    private static TaskDefinition Task(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var keys = words
            .Skip(1)
            .Select(word => Cut(word, "="))
            .ToDictionary(word => word.Left, word => word.Right, StringComparer.Ordinal);
        var (id, upstream) = Cut(words[0], "<");
        var retryDelay = Span("retry_delay") ?? TimeSpan.FromMinutes(5);
        return new(id, Work(), upstream.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            TriggerRule = keys.TryGetValue("trigger_rule", out var rule)
                ? Enum.Parse<TriggerRule>(rule.Replace("_", "", StringComparison.Ordinal), ignoreCase: true)
                : TriggerRule.AllSuccess,
            Retry = new(int.Parse(keys.GetValueOrDefault("retries", "0"), CultureInfo.InvariantCulture), retryDelay)
            {
                IsExponential = keys.ContainsKey("exponential"),
                MaxDelay = Span("max_retry_delay") ?? TimeSpan.FromDays(1),
            },
        };

        TimeSpan? Span(string key) => keys.TryGetValue(key, out var text) ? DurationText.Parse(text) : null;

        TaskWork Work() =>
            keys.ContainsKey("empty") ? new TaskWork.Empty()
            : keys.TryGetValue("wait", out var target)
                ? new TaskWork.WaitFor("other", target == "other.x" ? "x" : null)
                {
                    Timeout = Span("timeout") ?? TimeSpan.FromDays(7),
                    SoftFail = keys.ContainsKey("soft_fail"),
                }
            : new TaskWork.Shell("true");
    }

    private static (string Left, string Right) Cut(string text, string at) =>
        text.IndexOf(at, StringComparison.Ordinal) is var place && place < 0
            ? (text, "")
            : (text[..place], text[(place + at.Length)..]);

    private static IEnumerable<string> Lines(string text, int part) =>
        text.Split("---\n")[part]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#'));
}
