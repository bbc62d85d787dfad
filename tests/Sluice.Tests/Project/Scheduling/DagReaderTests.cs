using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Timetables;
using Sluice.Project;
using Sluice.Project.Scheduling;
using static Sluice.Tests.Project.WrittenProject;

namespace Sluice.Tests.Project.Scheduling;

public sealed class DagReaderTests
{
    [Fact]
    public void Every_key_is_read()
    {
        var loaded = Load(DagProjects.Everything, DagProjects.Models);

        Golden.Match(
            "dags/everything.txt",
            DagText.Of(loaded.Definition.Dags)
                + $"pools: {string.Join(", ", loaded.Definition.Pools)}\n"
                + $"state: {loaded.State!.Connection!.User} with {loaded.State.Connection.Password} at {loaded.State.Connection}, {loaded.State.Connection.Tls}\n"
        );
    }

    [Fact]
    public void Without_a_word_there_is_the_pair_for_each_day_of_the_projects_zone()
    {
        var dags = Load(DagProjects.Head, DagProjects.Models).Definition.Dags;

        Assert.Equal(["funnel_pipeline", "dimension_modeling"], dags.Select(dag => dag.Id));
        Assert.All(
            dags,
            dag =>
            {
                Assert.Equal(("@daily", "Europe/Berlin"), (dag.Timetable.Text, dag.TimeZone.Id));
                Assert.Equal((false, TimeSpan.FromMinutes(7)), (dag.Catchup, dag.Delay));
                Assert.Equal(
                    new(2026, 3, 28, 23, 0, 0, TimeSpan.Zero),
                    dag.Timetable.FirstFrom(new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero))!.Value.Start
                );
            }
        );
        Assert.Empty(DagCheck.Problems(dags));
    }

    [Fact]
    public void What_the_document_shows_can_be_written()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "scheduling.md"));
        var shown = document.Split("```yaml\n# sluice.yaml\n")[1].Split("```")[0];
        var head = DagProjects.Head.Replace("  crm:", "  # crm:", StringComparison.Ordinal);

        Assert.Equal(
            ["funnel_pipeline", "dimension_modeling", "reports"],
            Load(head + shown, DagProjects.Models).Definition.Dags.Select(dag => dag.Id)
        );
    }

    [Fact]
    public void Who_asks_funnels_needs_no_dags()
    {
        using var folder = new TempFolder();
        folder.Write("sluice.yaml", "dags: {x: {tasks: {a: {shell: 'true'}}}}\n");

        Assert.Empty(ProjectLoader.LoadForFunnels(folder.Path).Definition.Dags);
    }

    [Fact]
    public void An_entry_that_says_nothing_leaves_what_is_generated() =>
        Assert.Equal(
            DagText.Of(Load(DagProjects.Head).Definition.Dags),
            DagText.Of(Load(DagProjects.Head + "dags: {funnel_pipeline: }\n").Definition.Dags)
        );

    [Fact]
    public void Tasks_of_its_own_take_the_place_of_the_generated_ones()
    {
        var dag = Load(
            DagProjects.Head
                + "dags: {funnel_pipeline: {schedule: '@daily', tasks: {funnel_extraction_complete: {extract: crm.users}}}}\n"
        ).Definition.Dags[0];

        Assert.Equal(new TaskWork.Extract("crm", "users"), Assert.Single(dag.Tasks).Work);
        Assert.Equal(TimeSpan.FromMinutes(7), dag.Delay);
    }

    [Fact]
    public void A_dag_without_a_schedule_is_triggered() =>
        Assert.Same(ManualTimetable.Instance, Dag("a: {tasks: {t: {empty: }}}").Timetable);

    [Fact]
    public void A_delay_of_nothing_can_be_written() =>
        Assert.Equal(TimeSpan.Zero, Dag("a: {delay: 0s, tasks: {t: {extract: crm.users}}}").Delay);

    [Fact]
    public void An_interval_is_counted_from_the_start_date()
    {
        var dag = Dag("a: {schedule: 6h, start_date: '2026-01-01T01:00:00Z', tasks: {t: {empty: }}}");

        Assert.Equal(new(2026, 1, 1, 1, 0, 0, TimeSpan.Zero), dag.NextInterval(null)!.Value.Start);
    }

    [Fact]
    public void Tasks_come_after_those_they_depend_on_else_as_they_are_written() =>
        Assert.Equal(
            ["b", "a", "d", "c"],
            Dag(
                "x: {tasks: {a: {empty: , depends_on: b}, b: {empty: }, c: {empty: , depends_on: [a, d]}, d: {empty: }}}"
            )
                .Tasks.Select(task => task.Id)
        );

    [Fact]
    public void A_wait_for_a_dag_whose_id_has_dots_means_the_longest_that_there_is()
    {
        var waits = Dags(
            "a: {tasks: {t: {empty: }, b.c: {empty: }}}\n  a.b: {tasks: {c: {empty: }}}\n  w: {tasks: {x: {wait_for: a.b.c}, y: {wait_for: a.b}, z: {wait_for: a.t}}}"
        )[^1]
            .Tasks.Select(task => (TaskWork.WaitFor)task.Work);

        Assert.Equal([("a.b", "c"), ("a.b", null), ("a", "t")], waits.Select(wait => (wait.DagId, wait.TaskId)));
    }

    [Fact]
    public void What_a_wait_allows_does_not_fail_it()
    {
        var wait = (TaskWork.WaitFor)
            Dag("a: {tasks: {w: {wait_for: funnel_pipeline, allowed_states: [success, skipped]}}}").Tasks[0].Work;

        Assert.Equal([TaskState.Failed, TaskState.UpstreamFailed], wait.FailedStates.Order());
    }

    [Theory]
    [InlineData(
        "a: {tasks: {w: {wait_for: wait_for_funnel_pipeline.funnel_extraction_complete}}}",
        "a.w: there is no DAG 'wait_for_funnel_pipeline' to wait for. Did you mean 'funnel_pipeline'?"
    )]
    [InlineData(
        "a: {tasks: {w: {wait_for: funnel_pipeline.load_app_user}}}",
        "a.w: the DAG 'funnel_pipeline' has no task 'load_app_user' to wait for. Did you mean 'load_app_users'?"
    )]
    [InlineData(
        "a: {tasks: {w: {wait_for: b.t}}}\n  b: {tasks: {t: {wait_for: a.w}}}",
        "a.w: it waits for itself: a.w → b.t → a.w. Take one of these waits away, or let it wait for an earlier run with 'offset'."
    )]
    [InlineData(
        "a: {schedule: '30 2 * * *', tasks: {w: {wait_for: funnel_pipeline}}}",
        "a.w: the schedules never meet: 'a' (30 2 * * *) has an interval from 1970-01-01T01:30Z, 'funnel_pipeline' (@daily) has them from 1969-12-31T23:00Z and 1970-01-01T23:00Z. Give both the same schedule, or the wait an 'offset' or 'match: containing' or 'match: last_ended'."
    )]
    [InlineData(
        "funnel_pipeline: {schedule: '0 2 * * *'}",
        "dimension_modeling.wait_for_funnel_pipeline: it builds what 'funnel_pipeline' loads for the same interval, and their intervals differ: 'dimension_modeling' has @daily in Europe/Berlin, 'funnel_pipeline' 0 2 * * * in Europe/Berlin. Write the same schedule, timezone and start_date for both, under dags: dimension_modeling and dags: funnel_pipeline."
    )]
    [InlineData(
        "dimension_modeling: {schedule: '@hourly'}",
        "dimension_modeling.wait_for_funnel_pipeline: it builds what 'funnel_pipeline' loads for the same interval, and their intervals differ: 'dimension_modeling' has @hourly in Europe/Berlin, 'funnel_pipeline' @daily in Europe/Berlin. Write the same schedule, timezone and start_date for both, under dags: dimension_modeling and dags: funnel_pipeline."
    )]
    [InlineData(
        "funnel_pipeline: {start_date: 2026-01-01}",
        "dimension_modeling.wait_for_funnel_pipeline: it builds what 'funnel_pipeline' loads for the same interval, and their intervals differ: 'dimension_modeling' has @daily in Europe/Berlin, 'funnel_pipeline' @daily in Europe/Berlin from 2025-12-31T23:00Z. Write the same schedule, timezone and start_date for both, under dags: dimension_modeling and dags: funnel_pipeline."
    )]
    [InlineData(
        "funnel_pipeline: {tasks: {other: {empty: }}}",
        "dimension_modeling.wait_for_funnel_pipeline: the DAG 'funnel_pipeline' has no task 'funnel_extraction_complete' to wait for. There are: other."
    )]
    [InlineData("a: ", "the DAG 'a' says nothing. Write at least tasks.")]
    [InlineData(
        "a b: {tasks: {t: {empty: }}}",
        "a DAG cannot be called 'a b'. An id has letters, digits, _, - and ., at most 200 of them, and is not '.' or '..'."
    )]
    [InlineData(
        "funel_pipeline: {schedule: none}",
        "the DAG 'funel_pipeline' has no tasks. Did you mean 'funnel_pipeline'? Only the tasks of the generated pair need not be written."
    )]
    [InlineData(
        "a: {schedule: '@daily'}",
        "the DAG 'a' has no tasks. List them under tasks:, for example  load_users: {extract: app.users}"
    )]
    [InlineData(
        "a: {shedule: none, tasks: {t: {empty: }}}",
        "the key 'shedule' is not known here. Did you mean 'schedule'?"
    )]
    [InlineData(
        "a: {schedule: , tasks: {t: {empty: }}}",
        "'schedule' says nothing. Write none for a DAG that runs when it is triggered."
    )]
    [InlineData("a: {schedule: '@dayly', tasks: {t: {empty: }}}", "'@dayly' is no schedule. Did you mean '@daily'?")]
    [InlineData(
        "a: {schedule: '@every_minute', tasks: {t: {empty: }}}",
        "'@every_minute' is no schedule. There are: @daily, @hourly, @monthly, @quarterly, @weekly, @yearly."
    )]
    [InlineData(
        "a: {schedule: '61 * * * *', tasks: {t: {empty: }}}",
        "'61 * * * *' is no schedule. Write a cron expression of five fields as '0 2 * * *' (minute, hour, day of month, month, day of week), @hourly, @daily, @weekly, @monthly, @quarterly, @yearly, a duration as 6h, or none."
    )]
    [InlineData(
        "a: {schedule: '0 0 30 2 *', tasks: {t: {empty: }}}",
        "The time of '0 0 30 2 *' never comes. Is there such a day in such a month?"
    )]
    [InlineData(
        "a: {schedule: 'H 2 * * *', tasks: {t: {empty: }}}",
        "'H 2 * * *' leaves a time to chance (H). Write the minute and the hour as numbers."
    )]
    [InlineData(
        "a: {schedule: '0 0 13 * 5', tasks: {t: {empty: }}}",
        "'0 0 13 * 5' names a day of the month and a day of the week, which is read as both or as either. Name one of them and let a shell task look at the other, or write two DAGs."
    )]
    [InlineData("a: {schedule: 10s, tasks: {t: {empty: }}}", "an interval of 10s is too short. The shortest is 1m.")]
    [InlineData(
        "a: {start_date: 1.1.2026, tasks: {t: {empty: }}}",
        "'1.1.2026' is no date. Write it as 2026-01-01, or with a time as 2026-01-01T06:00:00+01:00."
    )]
    [InlineData(
        "a: {start_date: 2026-01-02, end_date: 2026-01-01, tasks: {t: {empty: }}}",
        "'end_date' lies before 'start_date'. "
    )]
    [InlineData(
        "a: {catchup: true, tasks: {t: {empty: }}}",
        "'catchup' needs a 'start_date': the intervals since then are caught up. Write start_date: 2026-01-01."
    )]
    [InlineData(
        "a: {max_active_runs: 0, tasks: {t: {empty: }}}",
        "'max_active_runs' is a whole number from 1 to 1000. "
    )]
    [InlineData(
        "a: {timezone: Berlin, tasks: {t: {empty: }}}",
        "the time zone 'Berlin' is not known. Did you mean 'Europe/Berlin'? Zones have the names of the IANA database, such as UTC, Europe/Berlin or America/New_York."
    )]
    [InlineData(
        "a: {deadline: 6 o'clock, tasks: {t: {empty: }}}",
        "'6 o'clock' is no deadline. Write a time of the day as \"06:00\", or a duration after the end of the interval as 4h."
    )]
    [InlineData(
        "a: {params: {a-b: x}, tasks: {t: {empty: }}}",
        "a parameter cannot be called 'a-b'. It is written {{ params.name }}: letters, digits and _, not beginning with a digit."
    )]
    [InlineData(
        "a: {default_args: {retrys: 1}, tasks: {t: {empty: }}}",
        "the key 'retrys' is not known here. Did you mean 'retries'?"
    )]
    [InlineData(
        "a: {default_args: {pool: oltb}, tasks: {t: {empty: }}}",
        "there is no pool 'oltb'. Did you mean 'oltp'? A pool is written under pools: with its slots."
    )]
    [InlineData(
        "a: {on_failure: https://x, tasks: {t: {empty: }}}",
        "'on_failure' is called by a webhook or a command. Write {webhook: https://…} or {command: \"…\"}, or a list of these."
    )]
    [InlineData(
        "a: {on_late: {webhook: mail}, tasks: {t: {empty: }}}",
        "'mail' is no URL. Write it as https://host/path."
    )]
    [InlineData("a: {tasks: }", "the DAG 'a' has no tasks. List them, for example  load_users: {extract: app.users}")]
    [InlineData(
        "a: {tasks: {t: }}",
        "the task 't' says nothing. A task is one of: extract, model, index, sql, shell, http, wait_for, empty; for example {shell: \"echo {{ ds }}\"}."
    )]
    [InlineData(
        "a: {tasks: {t: {retries: 1}}}",
        "the task 't' does not say what it does. A task is one of: extract, model, index, sql, shell, http, wait_for, empty; for example {shell: \"echo {{ ds }}\"}."
    )]
    [InlineData("a: {tasks: {t: {extrct: users}}}", "the key 'extrct' is not known here. Did you mean 'extract'?")]
    [InlineData(
        "a: {tasks: {t: {extract: app.users, shell: 'true'}}}",
        "the task 't' is of several kinds: extract, shell. Write a task for each, and put them in order by depends_on."
    )]
    [InlineData(
        "a: {tasks: {t/u: {empty: }}}",
        "a task cannot be called 't/u'. An id has letters, digits, _, - and ., at most 200 of them, and is not '.' or '..'."
    )]
    [InlineData(
        "..: {tasks: {t: {empty: }}}",
        "a DAG cannot be called '..'. An id has letters, digits, _, - and ., at most 200 of them, and is not '.' or '..'."
    )]
    [InlineData(
        "a: {tasks: {.: {empty: }}}",
        "a task cannot be called '.'. An id has letters, digits, _, - and ., at most 200 of them, and is not '.' or '..'."
    )]
    [InlineData(
        "a: {tasks: {t: {http: 'https://x', headers: {X-A: \"b\\nc\"}}}}",
        "the header 'X-A' has a line break. A header is one line."
    )]
    [InlineData(
        "a: {tasks: {t: {empty: , retry_exponential_backoff: true, retry_delay: 2d}}}",
        "'retry_delay' is longer than 'max_retry_delay', the longest wait when it doubles. Write a longer max_retry_delay; it is 1d where nothing is written."
    )]
    [InlineData(
        "a: {default_args: {retry_exponential_backoff: true, max_retry_delay: 1m}, tasks: {t: {empty: , retries: 3}}}",
        "'retry_delay' is longer than 'max_retry_delay', the longest wait when it doubles. Write a longer max_retry_delay; it is 1d where nothing is written."
    )]
    [InlineData("a: {tasks: {t: {empty: x}}}", "'empty' takes no value. Write {empty: }.")]
    [InlineData(
        "a: {tasks: {t: {extract: app.user}}}",
        "There is no table 'app.user' to extract. Did you mean 'app.users'?"
    )]
    [InlineData(
        "a: {tasks: {t: {extract: users}}}",
        "Several sources have a table 'users'. Write one of: app.users, crm.users."
    )]
    [InlineData("a: {tasks: {t: {model: dim_users}}}", "there is no model 'dim_users'. Did you mean 'dim_user'?")]
    [InlineData(
        "a: {tasks: {t: {index: dim_user}}}",
        "'dim_user' is no table of events with times. Write it under events: with its columns, as  dim_user: {time: occurred_at}"
    )]
    [InlineData(
        "a: {tasks: {t: {sql: select 1, to: x.txt}}}",
        "'x.txt' is no file of rows. Its name ends with .csv, .json, .parquet."
    )]
    [InlineData("a: {tasks: {t: {http: example.com}}}", "'example.com' is no URL. Write it as https://host/path.")]
    [InlineData("a: {tasks: {t: {http: 'https://x', method: post}}}", "'post' is no method. Did you mean 'POST'?")]
    [InlineData(
        "a: {tasks: {t: {http: 'https://x', headers: {'a b': c}}}}",
        "a header 'a b' cannot be sent, or is there twice. "
    )]
    [InlineData("a: {tasks: {t: {shell: }}}", "'shell' is missing. ")]
    [InlineData("a: {tasks: {t: {shell: 'echo {{ dss }}'}}}", "'dss' is not known. Did you mean 'ds'?")]
    [InlineData(
        "a: {params: {country: x}, tasks: {t: {shell: 'echo {{ params.contry }}'}}}",
        "'params.contry' is not known. Did you mean 'country'?"
    )]
    [InlineData("a: {tasks: {t: {shell: 'echo {{ ds '}}}", "'{{' is never closed. ")]
    [InlineData(
        "a: {tasks: {w: {wait_for: funnel_pipeline, match: lastended}}}",
        "'lastended' is not known for 'match'. It is one of: same, containing, last_ended."
    )]
    [InlineData(
        "a: {tasks: {w: {wait_for: funnel_pipeline, offset: soon}}}",
        "'soon' is no offset. Write how much earlier the logical date is that is waited for, as 1h; or -1h for a later one."
    )]
    [InlineData(
        "a: {tasks: {w: {wait_for: funnel_pipeline, allowed_states: [sucess]}}}",
        "'sucess' is no state that a task ends in. Did you mean 'success'?"
    )]
    [InlineData(
        "a: {tasks: {w: {wait_for: funnel_pipeline, allowed_states: [skipped]}}}",
        "a whole run ends as success or failed, and the wait allows neither. "
    )]
    [InlineData(
        "a: {tasks: {w: {wait_for: funnel_pipeline, failed_states: [success]}}}",
        "a state cannot end a wait well and as failed: success. "
    )]
    [InlineData(
        "a: {tasks: {t: {empty: , depends_on: [uu]}, u: {empty: }}}",
        "the DAG has no task 'uu' to depend on. There are: u."
    )]
    [InlineData(
        "a: {tasks: {t: {empty: , depends_on: [c]}, b: {empty: , depends_on: [t]}, c: {empty: , depends_on: [b]}}}",
        "a: tasks wait for each other: t → c → b → t. Each waits for the one after the arrow. Take one of them out of depends_on."
    )]
    [InlineData(
        "a: {tasks: {t: {empty: , trigger_rule: all_failed}}}",
        "'all_failed' is not known for 'trigger_rule'. It is one of: all_success, all_done, one_failed, none_failed."
    )]
    [InlineData(
        "a: {tasks: {t: {model: dim_user, trigger_rule: all_done}}}",
        "a model is built from what succeeded: its task has no other trigger_rule than all_success. Let it depend on an empty task that has the rule."
    )]
    [InlineData(
        "a: {tasks: {t: {model: dim_user}, u: {model: dim_user}}}",
        "'t' and 'u' do the same, and a run does it once. Take one of them away."
    )]
    [InlineData(
        "a: {tasks: {t: {model: dim_user}, publish_build: {empty: }}}",
        "the id 'publish_build' belongs to a task that is made for the models of the DAG. Give this one another id."
    )]
    [InlineData(
        "a: {tasks: {t: {model: dim_user}, q: {sql: select 1, depends_on: t}}}",
        "'q' comes after a model, but asks before its build is published. Let it depend on publish_build."
    )]
    [InlineData(
        "a: {tasks: {t: {model: fact_page_visit}, u: {model: dim_user, depends_on: t}}}",
        "a: tasks wait for each other: t → u → t. Each waits for the one after the arrow. Take one of them out of depends_on."
    )]
    public void What_is_wrong_is_named_with_its_line(string dags, string expected)
    {
        var head = DagProjects.Head + "pools: {oltp: 2}\ndags:\n  ";
        var problem = Problem(head + dags + "\n", DagProjects.Models);
        var line = head.Count(c => c == '\n') + 1;

        Assert.Equal(
            $"sluice.yaml:{line}: {expected}".TrimEnd(),
            problem.Replace("\n    ", " ", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("a", 200, true)]
    [InlineData("a", 201, false)]
    [InlineData(".", 3, true)]
    [InlineData(".", 2, false)]
    public void An_id_names_files(string character, int length, bool isId) =>
        Assert.Equal(isId, TaskReader.IsId(string.Concat(Enumerable.Repeat(character, length))));

    [Fact]
    public void A_wait_between_tries_that_does_not_double_has_no_bound()
    {
        var retry = Dag("a: {tasks: {t: {empty: , retries: 1, retry_delay: 2d}}}").Tasks[0].Retry;

        Assert.Equal(TimeSpan.FromDays(2), retry.After(1, jitter: 0));
        Assert.Equal(TimeSpan.FromDays(1), (retry with { IsExponential = true }).After(1, jitter: 1));
    }

    [Fact]
    public void All_problems_are_told_at_once() =>
        Assert.Equal(
            [
                "sluice.yaml:3: 'oltp' is a whole number from 1 to 100000.",
                "sluice.yaml:6: 'delay' is no duration.",
                "sluice.yaml:8: the key 'shel' is not known here.",
                "sluice.yaml:12: 'dss' is not known.",
                "sluice.yaml:9: the DAG has no task 'c' to depend on.",
                "sluice.yaml:14: there is no model 'x'.",
            ],
            Problems(
                """
                name: x
                pools:
                  oltp: 0
                dags:
                  a:
                    delay: delay
                    tasks:
                      a: {shel: "true"}
                      b: {empty: , depends_on: [c]}
                      s:
                        shell: |
                          echo {{ dss }}
                  b:
                    tasks: {m: {model: x}}
                """
            )
        );

    [Fact]
    public void A_line_of_a_template_is_its_line_in_the_file() =>
        Assert.Equal(
            ["sluice.yaml:6: 'dss' is not known."],
            Problems("dags:\n  a:\n    tasks:\n      s:\n        shell: |\n          echo {{ dss }}\n")
        );

    [Fact]
    public void Models_that_cannot_be_read_hide_no_problem_of_a_dag_and_make_none() =>
        Assert.Equal(
            ["sluice.yaml:1: the key 'shel' is not known here.", "models/a.sql:1: 'that' is not known."],
            Problems(
                    "dags: {a: {tasks: {s: {shel: x}, m: {model: a}, w: {wait_for: nothing}}}}\n",
                    ("dbt_project.yml", "name: x\n"),
                    ("models/a.sql", "select {{ that }}\n")
                )
                .Order(StringComparer.Ordinal)
                .Reverse()
        );

    private static DagDefinition Dag(string dag) => Dags(dag)[^1];

    private static IReadOnlyList<DagDefinition> Dags(string dags) =>
        Load(DagProjects.Head + "dags:\n  " + dags + "\n").Definition.Dags;
}
