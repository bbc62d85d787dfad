using System.Globalization;
using System.Text;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.States;

namespace Sluice.Tests.Project.Scheduling;

/// <summary>DAGs as text, everything that is not as it is by default.</summary>
internal static class DagText
{
    public static string Of(IEnumerable<DagDefinition> dags)
    {
        var text = new StringBuilder();
        foreach (var dag in dags)
        {
            text.Append(CultureInfo.InvariantCulture, $"{dag.Id}: {dag.Timetable.Text} in {dag.TimeZone.Id}\n");
            foreach (var setting in Settings(dag))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {setting}\n");
            }

            foreach (var task in dag.Tasks)
            {
                text.Append(CultureInfo.InvariantCulture, $"  - {task.Id}: {Work(task.Work)}{Rest(task)}\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Settings(DagDefinition dag)
    {
        var plain = new DagDefinition("", []);
        if (dag.StartDate != plain.StartDate || dag.EndDate is not null)
        {
            yield return $"from {dag.StartDate:O} to {dag.EndDate:O}";
        }

        yield return FormattableString.Invariant(
            $"delay {dag.Delay}, catchup {dag.Catchup}, runs {dag.MaxActiveRuns}, tasks {dag.MaxActiveTasks}"
        );
        if (dag.Deadline is { } deadline)
        {
            yield return deadline switch
            {
                Deadline.At at => FormattableString.Invariant($"deadline {at.Time:HH:mm} in {at.Zone.Id}"),
                _ => $"deadline {((Deadline.After)deadline).Span} after",
            };
        }

        foreach (var (name, value) in dag.Params)
        {
            yield return $"param {name} = {value}";
        }

        foreach (var callback in dag.OnFailure)
        {
            yield return $"on_failure {callback}";
        }

        foreach (var callback in dag.OnLate)
        {
            yield return $"on_late {callback}";
        }
    }

    private static string Work(TaskWork work) =>
        work switch
        {
            TaskWork.WaitFor wait => FormattableString.Invariant(
                $"WaitFor {wait.Target} {wait.Match} {wait.Offset} [{States(wait.AllowedStates)}] [{States(wait.FailedStates)}] {wait.Timeout} {wait.SoftFail}"
            ),
            TaskWork.Http http => $"Http {http.Method} {http.Url} {string.Join("; ", http.Headers)} {http.Body}",
            _ => $"{work}",
        };

    private static string States(IEnumerable<TaskState> states) =>
        string.Join(' ', states.Order().Select(state => state.ToName()));

    private static string Rest(TaskDefinition task)
    {
        var plain = new TaskDefinition("", task.Work, []);
        return $" after [{string.Join(", ", task.Upstream)}]"
            + (task.TriggerRule == plain.TriggerRule ? "" : $" {task.TriggerRule}")
            + (task.Retry == plain.Retry ? "" : $" {task.Retry}")
            + (task.ExecutionTimeout is { } timeout ? $" at most {timeout}" : "")
            + (task.Pool == plain.Pool ? "" : $" pool {task.Pool}")
            + (
                task.PriorityWeight == plain.PriorityWeight
                    ? ""
                    : FormattableString.Invariant($" weight {task.PriorityWeight}")
            );
    }
}
