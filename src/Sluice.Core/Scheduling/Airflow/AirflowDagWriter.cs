using System.Globalization;
using System.Text;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Timetables;
using static Sluice.Core.Scheduling.Airflow.PythonLiteral;

namespace Sluice.Core.Scheduling.Airflow;

/// <summary>Writes the file of one DAG.</summary>
/// <param name="dag">The DAG.</param>
/// <param name="dags">All DAGs, by id.</param>
/// <param name="folder">The project's folder where tasks run.</param>
internal sealed class AirflowDagWriter(
    DagDefinition dag,
    IReadOnlyDictionary<string, DagDefinition> dags,
    string folder
)
{
    private readonly StringBuilder _text = new();
    private readonly bool _isManual = dag.Timetable is ManualTimetable;

    // A run of Airflow begins at the end of its interval.
    private readonly string? _delayId =
        dag.Delay > TimeSpan.Zero && dag.Timetable is not ManualTimetable ? DelayId(dag) : null;

    public string Write()
    {
        Line($"{AirflowFile.Mark}: change sluice.yaml and export again.");
        Line($"\"\"\"The DAG {dag.Id}. Each task is run by sluice, for the interval of its run.\"\"\"");
        Line();
        WriteImports();
        Line();
        Line($"INTERVAL = {Text(Interval)}");
        Line();
        Line("with DAG(");
        WriteArguments();
        Line(") as dag:");
        Line("    task = {}");
        if (_delayId is not null)
        {
            WriteTask(_delayId, "TimeDeltaSensor", [$"delta={Span(dag.Delay)}", "deferrable=True"]);
        }

        foreach (var task in dag.Tasks)
        {
            WriteTask(task.Id, OperatorOf(task.Work), [.. ArgumentsOf(task), .. PolicyOf(task)]);
        }

        WriteDependencies();
        return _text.ToString();
    }

    private string Interval =>
        _isManual
            ? string.Join('/', AirflowLimits.IntervalParams.Select(name => $"{{{{ params.{name} }}}}"))
            : "{{ data_interval_start.isoformat() }}/{{ data_interval_end.isoformat() }}";

    private static string DelayId(DagDefinition dag)
    {
        var names = new TaskNames();
        foreach (var task in dag.Tasks)
        {
            names.Unique(task.Id);
        }

        return names.Unique("delay");
    }

    private void WriteImports()
    {
        var operators = dag.Tasks.Select(task => OperatorOf(task.Work)).ToHashSet(StringComparer.Ordinal);
        var others = Waits.Where(NeedsFunction).Select(wait => dags[wait.DagId].Timetable).ToList();
        Line("from datetime import timedelta");
        Line();
        Line("import pendulum");
        Import(operators.Contains("BashOperator"), "providers.standard.operators.bash", "BashOperator");
        Import(operators.Contains("EmptyOperator"), "providers.standard.operators.empty", "EmptyOperator");
        Import(
            operators.Contains("ExternalTaskSensor"),
            "providers.standard.sensors.external_task",
            "ExternalTaskSensor"
        );
        Import(_delayId is not null, "providers.standard.sensors.time_delta", "TimeDeltaSensor");
        Import(true, "sdk", _isManual || dag.Params.Count > 0 ? "DAG, Param" : "DAG");
        string[] timetables =
        [
            .. others.Append(dag.Timetable).OfType<CronTimetable>().Take(1).Select(_ => "CronDataIntervalTimetable"),
            .. new[] { dag.Timetable }.OfType<SpanTimetable>().Select(_ => "DeltaDataIntervalTimetable"),
        ];
        Import(timetables.Length > 0, "timetables.interval", string.Join(", ", timetables));

        void Import(bool isNeeded, string module, string names)
        {
            if (isNeeded)
            {
                Line($"from airflow.{module} import {names}");
            }
        }
    }

    private void WriteArguments()
    {
        Argument("dag_id", Text(dag.Id));
        Argument("schedule", Schedule(dag));
        Argument("start_date", Instant(dag.StartDate, dag.TimeZone));
        if (dag.EndDate is { } end)
        {
            Argument("end_date", Instant(end, dag.TimeZone));
        }

        Argument("catchup", Flag(dag.Catchup));
        Argument("max_active_runs", Number(dag.MaxActiveRuns));
        Argument("max_active_tasks", Number(dag.MaxActiveTasks));
        if (_isManual || dag.Params.Count > 0)
        {
            Line("    params={");
            foreach (var name in _isManual ? AirflowLimits.IntervalParams : [])
            {
                Line($"        {Text(name)}: Param(type=\"string\", format=\"date-time\"),");
            }

            // sluice takes the value from its own file: Airflow is to take no other.
            foreach (var (name, value) in dag.Params.OrderBy(param => param.Key, StringComparer.Ordinal))
            {
                Line($"        {Text(name)}: Param({Text(value)}, const={Text(value)}),");
            }

            Line("    },");
        }

        Argument("default_args", "{\"weight_rule\": \"absolute\"}");
        Argument("tags", "[\"sluice\"]");

        void Argument(string name, string value) => Line($"    {name}={value},");
    }

    private static string Schedule(DagDefinition dag) =>
        dag.Timetable switch
        {
            SpanTimetable span => $"DeltaDataIntervalTimetable({Span(span.Length)})",
            ManualTimetable => "None",
            var cron => $"CronDataIntervalTimetable({Text(cron.Text)}, timezone={Text(dag.TimeZone.Id)})",
        };

    private static string OperatorOf(TaskWork work) =>
        work switch
        {
            TaskWork.Empty => "EmptyOperator",
            TaskWork.WaitFor => "ExternalTaskSensor",
            _ => "BashOperator",
        };

    private IEnumerable<string> ArgumentsOf(TaskDefinition task) =>
        task.Work switch
        {
            TaskWork.Empty => [],
            TaskWork.WaitFor wait => ArgumentsOf(wait),
            _ =>
            [
                // An id that begins with a hyphen is no option.
                task.Id.StartsWith('-') || dag.Id.StartsWith('-')
                    ? $"bash_command=f\"sluice tasks run --interval {{INTERVAL}} -- {dag.Id} {task.Id}\""
                    : $"bash_command=f\"sluice tasks run {dag.Id} {task.Id} --interval {{INTERVAL}}\"",
                $"cwd={Unrendered(folder)}",
            ],
        };

    private IEnumerable<string> ArgumentsOf(TaskWork.WaitFor wait)
    {
        yield return $"external_dag_id={Text(wait.DagId)}";
        if (wait.TaskId is { } task)
        {
            yield return $"external_task_id={Text(task)}";
        }

        yield return $"allowed_states={States(wait, wait.AllowedStates)}";
        yield return $"failed_states={States(wait, wait.FailedStates)}";
        if (NeedsFunction(wait))
        {
            yield return $"execution_date_fn={AirflowDates.Function(wait, dags[wait.DagId], Schedule(dags[wait.DagId]))}";
        }
        else if (wait.Offset != TimeSpan.Zero)
        {
            yield return $"execution_delta={Span(wait.Offset)}";
        }

        yield return $"timeout={Span(wait.Timeout)}.total_seconds()";
        if (wait.SoftFail)
        {
            yield return "soft_fail=True";
        }

        yield return "deferrable=True";
    }

    // A whole run has fewer states than a task, and Airflow takes no others for it.
    private static string States(TaskWork.WaitFor wait, IEnumerable<TaskState> states) =>
        $"[{string.Join(", ", states.Where(state => wait.TaskId is not null || state is TaskState.Success or TaskState.Failed).Order().Select(state => Text(state.ToName())))}]";

    private static IEnumerable<string> PolicyOf(TaskDefinition task)
    {
        if (task.Retry.Retries > 0)
        {
            yield return $"retries={Number(task.Retry.Retries)}";
            yield return $"retry_delay={Span(task.Retry.Delay)}";
            yield return $"retry_exponential_backoff={Flag(task.Retry.IsExponential)}";
            yield return $"max_retry_delay={Span(task.Retry.MaxDelay)}";
        }
        else
        {
            // Airflow's own configuration may have another default.
            yield return "retries=0";
        }

        // What waits is bound by its own timeout.
        if (task.ExecutionTimeout is { } timeout && task.Work is not TaskWork.WaitFor)
        {
            yield return $"execution_timeout={Span(timeout)}";
        }

        if (task.Pool != Pools.Default)
        {
            yield return $"pool={Text(task.Pool)}";
        }

        if (task.PriorityWeight != 1)
        {
            yield return $"priority_weight={Number(task.PriorityWeight)}";
        }

        if (task.TriggerRule != TriggerRule.AllSuccess)
        {
            yield return $"trigger_rule={Text(NameOf(task.TriggerRule))}";
        }
    }

    private static string NameOf(TriggerRule rule) =>
        rule switch
        {
            TriggerRule.AllSuccess => "all_success",
            TriggerRule.AllDone => "all_done",
            TriggerRule.OneFailed => "one_failed",
            TriggerRule.NoneFailed => "none_failed",
        };

    private void WriteTask(string id, string kind, IReadOnlyList<string> arguments)
    {
        Line($"    task[{Text(id)}] = {kind}(");
        foreach (var argument in arguments.Prepend($"task_id={Text(id)}"))
        {
            Line($"        {argument},");
        }

        Line("    )");
    }

    private void WriteDependencies()
    {
        var dependent = dag
            .Tasks.Select(task =>
                (task.Id, Upstream: task.Upstream is [] && _delayId is { } delay ? [delay] : task.Upstream)
            )
            .Where(task => task.Upstream.Count > 0)
            .ToList();
        if (dependent.Count == 0)
        {
            return;
        }

        Line();
        foreach (var (id, upstream) in dependent)
        {
            Line($"    task[{Text(id)}] << [{string.Join(", ", upstream.Select(before => $"task[{Text(before)}]"))}]");
        }
    }

    private IEnumerable<TaskWork.WaitFor> Waits => dag.Tasks.Select(task => task.Work).OfType<TaskWork.WaitFor>();

    private bool NeedsFunction(TaskWork.WaitFor wait) =>
        wait.Match != WaitMatch.Same && dags[wait.DagId].Timetable is not ManualTimetable;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Line(string text = "") => _text.Append(text).Append('\n');
}
