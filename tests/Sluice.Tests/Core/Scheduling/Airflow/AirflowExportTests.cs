using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Airflow;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Timetables;
using Sluice.Tests.Project;
using Sluice.Tests.Project.Scheduling;

namespace Sluice.Tests.Core.Scheduling.Airflow;

public sealed class AirflowExportTests
{
    private const string Folder = "/srv/the shop's {{ ds }}";

    private static readonly string Checker = Path.Combine(
        Repository.Root,
        "tests/Sluice.Tests/Core/Scheduling/Airflow/check_dags.py"
    );

    [Fact]
    public void The_files_are_those_that_were_reviewed()
    {
        foreach (var file in AirflowExport.Files(Everything(), "/srv/shop"))
        {
            Golden.Match($"airflow/{file.Name}", file.Content);
        }
    }

    // Airflow is not at hand: Python's own compiler and syntax tree say whether a file says what its DAG does.
    [Fact]
    public void Python_reads_out_of_the_files_what_the_dags_say()
    {
        var cases = new JsonArray();
        Add(cases, Everything());
        var random = new RandomDags(20261127);
        for (var i = 0; i < 300; i++)
        {
            Add(cases, random.Next());
        }

        Assert.Equal("", Python(cases.ToJsonString()));
    }

    [Theory]
    [InlineData("0 0 15W * *", "Airflow does not read '15W' of the schedule '0 0 15W * *' as it is meant.")]
    [InlineData("0 0 L-2 * *", "Airflow does not read 'L-2' of the schedule '0 0 L-2 * *' as it is meant.")]
    [InlineData("0 0 LW * *", "Airflow does not read 'LW' of the schedule '0 0 LW * *' as it is meant.")]
    [InlineData("0 0 * * 5L", "Airflow does not read '5L' of the schedule '0 0 * * 5L' as it is meant.")]
    [InlineData("0 22-3 * * *", "Airflow does not read '22-3' of the schedule '0 22-3 * * *' as it is meant.")]
    [InlineData("0 0 * * FRI-MON", "Airflow does not read 'FRI-MON' of the schedule '0 0 * * FRI-MON' as it is meant.")]
    public void A_schedule_that_airflow_reads_otherwise_is_refused(string cron, string expected) =>
        Assert.Equal($"a: {expected}", Refused(Dag() with { Timetable = CronTimetable.Parse(cron, TimeZoneInfo.Utc) }));

    [Theory]
    [InlineData("0 0 L * *")]
    [InlineData("0 0 * JUL-AUG WED")]
    [InlineData("0 0 * * 6#2")]
    [InlineData("0 8-17 * * MON-FRI")]
    public void One_that_it_reads_alike_is_not(string cron) =>
        Assert.NotEmpty(
            AirflowExport.Files([Dag() with { Timetable = CronTimetable.Parse(cron, TimeZoneInfo.Utc) }], "/x")
        );

    [Fact]
    public void An_interval_that_airflow_would_count_from_elsewhere_is_refused()
    {
        var start = DateTimeOffset.UnixEpoch.AddHours(1);
        var dag = Dag() with { Timetable = new SpanTimetable("6h", TimeSpan.FromHours(6), start, TimeZoneInfo.Utc) };

        Assert.Equal(
            "a: Airflow counts intervals of 6h from 1970-01-01 UTC, and the start_date is none of their ends.",
            Refused(dag)
        );
        Assert.NotEmpty(AirflowExport.Files([dag with { Catchup = true }], "/x"));
    }

    [Fact]
    public void All_that_is_refused_is_told_at_once()
    {
        var dag = Dag() with { Params = new Dictionary<string, string> { ["interval_end"] = "x" } };

        Assert.Equal(
            [
                "sluice.yaml: a: the parameter 'interval_end' is what Airflow will ask for the interval by.",
                "sluice.yaml: b: the parameter 'interval_end' is what Airflow will ask for the interval by.",
            ],
            Assert
                .Throws<DefinitionException>(() => AirflowExport.Files([dag, dag with { Id = "b" }], "/x"))
                .Diagnostics.Select(problem => (problem with { Hint = null }).ToString())
        );
    }

    private static DagDefinition Dag() => new("a", [new("t", new TaskWork.Empty(), [])]);

    private static string Refused(DagDefinition dag) =>
        Assert.Single(Assert.Throws<DefinitionException>(() => AirflowExport.Files([dag], "/x")).Diagnostics).Message;

    private static IReadOnlyList<DagDefinition> Everything() =>
        WrittenProject.Load(DagProjects.Everything, DagProjects.Models).Definition.Dags;

    private static void Add(JsonArray cases, IReadOnlyList<DagDefinition> dags)
    {
        // A schedule of intervals that Airflow counts otherwise is refused, which is not the point here.
        var aligned = dags.Select(dag => dag with { Catchup = dag.Catchup || dag.Timetable is SpanTimetable }).ToList();
        var files = AirflowExport.Files(aligned, Folder);
        foreach (var (dag, file) in aligned.Zip(files))
        {
            Assert.StartsWith(AirflowFile.Mark, file.Content, StringComparison.Ordinal);
            cases.Add(
                new JsonObject
                {
                    ["source"] = file.Content,
                    ["dag"] = OfDag(dag),
                    ["tasks"] = OfTasks(dag, aligned),
                    ["dates"] = OfDates(dag, aligned),
                }
            );
        }

        cases.Add(new JsonObject { ["test"] = files[^1].Content });
    }

    private static JsonObject OfDag(DagDefinition dag)
    {
        var expected = new JsonObject
        {
            ["dag_id"] = dag.Id,
            ["schedule"] = Schedule(dag),
            ["start_date"] = Seconds(dag.StartDate),
            ["catchup"] = dag.Catchup,
            ["max_active_runs"] = dag.MaxActiveRuns,
            ["max_active_tasks"] = dag.MaxActiveTasks,
            ["default_args"] = new JsonObject { ["weight_rule"] = "absolute" },
            ["tags"] = new JsonArray("sluice"),
        };
        if (dag.EndDate is { } end)
        {
            expected["end_date"] = Seconds(end);
        }

        var parameters = new JsonObject();
        foreach (
            var name in dag.Timetable is ManualTimetable ? ["interval_start", "interval_end"] : Array.Empty<string>()
        )
        {
            parameters[name] = Call("param", [], new() { ["type"] = "string", ["format"] = "date-time" });
        }

        foreach (var (name, value) in dag.Params)
        {
            parameters[name] = Call("param", [value], new() { ["const"] = value });
        }

        if (parameters.Count > 0)
        {
            expected["params"] = parameters;
        }

        return expected;
    }

    private static JsonNode? Schedule(DagDefinition dag) =>
        dag.Timetable switch
        {
            ManualTimetable => null,
            SpanTimetable span => Call("delta", [span.Length.TotalSeconds], []),
            _ => Call("cron", [dag.Timetable.Text], new() { ["timezone"] = dag.TimeZone.Id }),
        };

    private static JsonObject Call(string name, JsonArray args, JsonObject kwargs) =>
        new()
        {
            ["call"] = name,
            ["args"] = args,
            ["kwargs"] = kwargs,
        };

    private static JsonObject OfTasks(DagDefinition dag, IReadOnlyList<DagDefinition> dags)
    {
        var isDelayed = dag.Delay > TimeSpan.Zero && dag.Timetable is not ManualTimetable;
        var delay = dag.Tasks.Any(task => task.Id == "delay") ? "delay_2" : "delay";
        var expected = new JsonObject();
        if (isDelayed)
        {
            expected[delay] = new JsonObject
            {
                ["operator"] = "TimeDeltaSensor",
                ["upstream"] = new JsonArray(),
                ["delta"] = dag.Delay.TotalSeconds,
                ["deferrable"] = true,
            };
        }

        foreach (var task in dag.Tasks)
        {
            var one = Work(dag, task, dags);
            string[] upstream = isDelayed && task.Upstream.Count == 0 ? [delay] : [.. task.Upstream];
            one["upstream"] = new JsonArray([.. upstream.Select(id => JsonValue.Create(id))]);
            one["retries"] = task.Retry.Retries;
            if (task.Retry.Retries > 0)
            {
                one["retry_delay"] = task.Retry.Delay.TotalSeconds;
                one["retry_exponential_backoff"] = task.Retry.IsExponential;
                one["max_retry_delay"] = task.Retry.MaxDelay.TotalSeconds;
            }

            if (task.ExecutionTimeout is { } timeout && task.Work is not TaskWork.WaitFor)
            {
                one["execution_timeout"] = timeout.TotalSeconds;
            }

            if (task.Pool != "default_pool")
            {
                one["pool"] = task.Pool;
            }

            if (task.PriorityWeight != 1)
            {
                one["priority_weight"] = task.PriorityWeight;
            }

            if (task.TriggerRule != TriggerRule.AllSuccess)
            {
                one["trigger_rule"] = JsonNamingPolicy.SnakeCaseLower.ConvertName($"{task.TriggerRule}");
            }

            expected[task.Id] = one;
        }

        return expected;
    }

    private static JsonObject Work(DagDefinition dag, TaskDefinition task, IReadOnlyList<DagDefinition> dags)
    {
        switch (task.Work)
        {
            case TaskWork.Empty:
                return new() { ["operator"] = "EmptyOperator" };
            case TaskWork.WaitFor wait:
                var sensor = new JsonObject
                {
                    ["operator"] = "ExternalTaskSensor",
                    ["external_dag_id"] = wait.DagId,
                    ["allowed_states"] = States(wait, wait.AllowedStates),
                    ["failed_states"] = States(wait, wait.FailedStates),
                    ["timeout"] = wait.Timeout.TotalSeconds,
                    ["deferrable"] = true,
                };
                if (wait.TaskId is { } target)
                {
                    sensor["external_task_id"] = target;
                }

                if (wait.Offset != TimeSpan.Zero && !HasDates(wait, dags))
                {
                    sensor["execution_delta"] = wait.Offset.TotalSeconds;
                }

                if (wait.SoftFail)
                {
                    sensor["soft_fail"] = true;
                }

                return sensor;
            default:
                var interval =
                    dag.Timetable is ManualTimetable
                        ? "{{ params.interval_start }}/{{ params.interval_end }}"
                        : "{{ data_interval_start.isoformat() }}/{{ data_interval_end.isoformat() }}";
                return new()
                {
                    ["operator"] = "BashOperator",
                    ["bash_command"] =
                        dag.Id[0] == '-' || task.Id[0] == '-'
                            ? $"sluice tasks run --interval {interval} -- {dag.Id} {task.Id}"
                            : $"sluice tasks run {dag.Id} {task.Id} --interval {interval}",
                    ["cwd"] = "/srv/the shop's {{ '{' }}{{ '{' }} ds }}",
                };
        }
    }

    private static JsonArray States(TaskWork.WaitFor wait, IEnumerable<TaskState> states) =>
        new([
            .. states
                .Where(state => wait.TaskId is not null || state is TaskState.Success or TaskState.Failed)
                .Order()
                .Select(state => JsonValue.Create(state.ToName())),
        ]);

    // Of each wait that does not mean the same logical date: its own intervals, and what the scheduler takes for the target.
    private static JsonObject OfDates(DagDefinition dag, IReadOnlyList<DagDefinition> dags)
    {
        var dates = new JsonObject();
        foreach (var task in dag.Tasks)
        {
            if (task.Work is TaskWork.WaitFor wait && HasDates(wait, dags))
            {
                dates[task.Id] = new JsonArray([.. Dates(wait, dags.First(other => other.Id == wait.DagId))]);
            }
        }

        return dates;
    }

    private static bool HasDates(TaskWork.WaitFor wait, IReadOnlyList<DagDefinition> dags) =>
        wait.Match != WaitMatch.Same && dags.First(other => other.Id == wait.DagId).Timetable is not ManualTimetable;

    private static IEnumerable<JsonNode> Dates(TaskWork.WaitFor wait, DagDefinition other)
    {
        for (var i = 0; i < 5; i++)
        {
            var start = other.StartDate.AddDays(30).AddMinutes(i * 150);
            var own = new Sluice.Core.Time.DataInterval(start, start.AddHours(7), new(2000, 1, 1));
            var isContaining = wait.Match == WaitMatch.Containing;
            JsonNode? target =
                other.Timetable is SpanTimetable
                    ? Seconds(WaitJudge.TargetOf(wait, own, other with { EndDate = null })!.Value)
                    : new JsonObject
                    {
                        ["of"] = Schedule(other),
                        [isContaining ? "containing" : "last_ended_by"] = Seconds(
                            (isContaining ? own.Start : own.End) - wait.Offset
                        ),
                    };
            yield return new JsonArray(Seconds(own.Start), Seconds(own.End), target);
        }
    }

    private static double Seconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalSeconds;

    private static string Python(string input)
    {
        var start = new ProcessStartInfo("python3", [Checker])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Python is not installed.");
            throw;
        }

        using (process)
        {
            using (var writer = process.StandardInput)
            {
                writer.Write(input);
            }

            var problems = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : problems;
        }
    }
}
