using System.Diagnostics;
using Sluice.Cli;
using Sluice.Core.Scheduling;

namespace Sluice.IntegrationTests.Runs;

/// <summary>Every task in a process of its own: what cron, Airflow or a scheduler does.</summary>
public sealed class TaskRunTests
{
    private const string Interval = "2015-05-01T02:00:00+02:00/2015-05-02T00:00:00Z";
    private const string Loads = DefaultDags.FunnelPipeline;
    private const string Models = DefaultDags.DimensionModeling;

    [Fact]
    public void A_night_task_by_task_gives_what_a_run_gives()
    {
        using var project = SluiceProject.Sample();
        using var undisturbed = SluiceProject.RanSample();

        foreach (var (dag, task) in Tasks(project))
        {
            var result = Run(project, dag, task).Done();
            Assert.Contains(
                $"{dag}.{task} is done for 2015-05-01T00:00:00Z/2015-05-02T00:00:00Z",
                result.Output,
                StringComparison.Ordinal
            );
        }

        Assert.Equal(undisturbed.Fingerprint(), project.Fingerprint());
        foreach (var funnel in new[] { "checkout", "search_to_payment" })
        {
            Assert.Equal(Answer(undisturbed, funnel), Answer(project, funnel));
        }

        var again = project.RunDay();
        Assert.Contains("build 1 has it already", again.Output, StringComparison.Ordinal);
        project.AssertWhole();
        project.AssertNothingStaged();
    }

    [Fact, Trait("Speed", "Slow")]
    public void Each_task_killed_at_a_random_instant_and_run_again_gives_the_same()
    {
        using var project = SluiceProject.Sample();
        using var undisturbed = SluiceProject.RanSample();
        var random = new Random(20150501);
        // As long as the task before took, which is all that is known of the next one.
        var took = TimeSpan.FromSeconds(1);
        var token = 0;
        foreach (var (dag, task) in Tasks(project))
        {
            using (var killed = Cli.Start(project.Folder, [.. Arguments(dag, task), "--token", $"{++token}"]))
            {
                killed.WaitForExit(took * random.NextDouble());
                killed.Kill();
                killed.WaitForExit();
            }

            project.AssertWhole();
            var started = Stopwatch.GetTimestamp();
            Run(project, dag, task, "--token", $"{++token}").Done();
            took = Stopwatch.GetElapsedTime(started);
        }

        Assert.Equal(undisturbed.Fingerprint(), project.Fingerprint());
        Assert.Single(Directory.EnumerateFiles(Path.Combine(project.State, "builds")));
        project.AssertWhole();
        project.AssertNothingStaged();
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task Two_processes_of_each_task_at_once_have_one_effect()
    {
        using var project = SluiceProject.Sample();
        using var undisturbed = SluiceProject.RanSample();
        foreach (var (dag, task) in Tasks(project))
        {
            using var one = Cli.Start(project.Folder, Arguments(dag, task));
            using var two = Cli.Start(project.Folder, Arguments(dag, task));
            var second = Task.Run(() => Cli.Finish(two));
            Cli.Finish(one).Done();
            (await second).Done();
        }

        Assert.Equal(undisturbed.Fingerprint(), project.Fingerprint());
        Assert.Equal(["1"], project.Query("select count(distinct ds) from app.users"));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(project.State, "builds")));
        project.AssertWhole();
        project.AssertNothingStaged();
    }

    [Fact]
    public void An_old_token_changes_nothing()
    {
        using var project = SluiceProject.Sample(users: 50);
        var token = 100;
        foreach (var (dag, task) in Tasks(project).SkipLast(1))
        {
            Run(project, dag, task, "--token", $"{++token}").Done();
        }

        var before = project.Files();
        foreach (
            var (dag, task) in new[]
            {
                (Loads, "load_users"),
                (Models, "start_dimension_modeling"),
                (Models, "dim_date"),
                (Models, "publish_build"),
            }
        )
        {
            Run(project, dag, task, "--token", "7").Fails(1, "this one has 7", "changed nothing");
        }

        Assert.Equal(before, project.Files());
        Run(project, Models, "publish_build", "--token", $"{++token}").Done();
        Assert.Equal(50, Count(project));
    }

    [Fact, Trait("Speed", "Slow")]
    public void Inputs_that_are_pinned_again_while_models_are_at_work_are_those_of_the_build()
    {
        using var project = SluiceProject.Sample(users: 200);
        foreach (var (_, task) in Tasks(project).Where(task => task.Dag == Loads))
        {
            Run(project, Loads, task).Done();
        }

        Run(project, Models, "start_dimension_modeling").Done();
        Run(project, Models, "dim_user").Done();
        using var late = Cli.Start(project.Folder, Arguments(Models, "fact_page_visit"));
        project.Sql("delete from users where user_id in (select user_id from users order by user_id limit 100)");
        Run(project, Loads, "load_users", "--reextract").Done();
        Run(project, Models, "start_dimension_modeling").Done();
        // It was done before, it finds another run's journal, or it has none of what it needs there.
        var ended = Cli.Finish(late);
        Assert.True(ended.Exit == 0 || ended.Error.Contains("error: ", StringComparison.Ordinal));

        Run(project, Models, "publish_build").Fails(1, "is not built yet in the run for 2015-05-01");
        foreach (
            var (_, task) in Tasks(project).Where(task => task.Dag == Models && task.Id != "start_dimension_modeling")
        )
        {
            Run(project, Models, task).Done();
        }

        Assert.Equal(100, Count(project));
        Assert.Equal("100", project.Value("select count(distinct user_id) from dim_user where user_id is not null"));
    }

    [Theory]
    [InlineData(
        "funnel_pipelin",
        "load_users",
        "There is no DAG 'funnel_pipelin'",
        "Did you mean 'funnel_pipeline'? There are: funnel_pipeline, dimension_modeling."
    )]
    [InlineData(
        "funnel_pipeline",
        "load_user",
        "has no task 'load_user'",
        "Did you mean 'load_users'? There are: load_users, "
    )]
    [InlineData("funnel_pipeline", "xyz", "has no task 'xyz'", "There are: load_users, ")]
    public void What_does_not_exist_is_refused_with_what_there_is(string dag, string task, params string[] words)
    {
        using var project = SluiceProject.Sample(users: 10);

        Run(project, dag, task).Fails(2, words);

        Assert.False(Directory.Exists(project.State));
    }

    [Theory]
    [InlineData("load_users", "One of --interval and --date")]
    [InlineData(
        "load_users --date 2015-05-01 --interval 2015-05-01T00:00Z/2015-05-02T00:00Z",
        "One of --interval and --date"
    )]
    [InlineData("load_users --interval 2015-05-01", "START/END is wanted")]
    [InlineData("load_users --date 2015-05-01 --token 0", "--token takes a number from 1")]
    [InlineData("load_users --date 2015-05-01 --promote", "--promote says nothing to the task load_users")]
    [InlineData("load_users --date 2015-05-01 --full-refresh", "--full-refresh says nothing to the task load_users")]
    [InlineData("funnel_extraction_complete --date 2015-05-01 --reextract", "--reextract says nothing to the task")]
    [InlineData("load_users --date 8000-05-01", "The interval 8000-05-01 is not over")]
    [InlineData(
        "load_users --interval 8000-05-01T00:00Z/8000-05-01T01:00Z",
        "The interval 8000-05-01T00:00:00Z/8000-05-01T01:00:00Z is not over"
    )]
    public void A_line_that_says_too_little_or_too_much_is_refused(string line, string words)
    {
        using var project = SluiceProject.Sample(users: 10);

        project.Run(["tasks", "run", Loads, .. line.Split(' ')]).Fails(2, words);
    }

    [Fact]
    public void A_wait_asks_nothing_when_it_runs_alone_and_says_so()
    {
        using var project = SluiceProject.Sample(users: 10);

        var result = Run(project, Models, "wait_for_funnel_pipeline").Done();

        Assert.Contains("nothing was waited for", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_ends_when_the_input_of_who_started_it_does()
    {
        using var project = Slow();
        using var process = Cli.StartWithInput(
            project.Folder,
            [.. Arguments(Loads, "load_events"), "--until-stdin-closes"]
        );
        await project.UntilWritingAsync(process);

        process.StandardInput.Close();

        Cli.Finish(process).Fails(1, "whoever started the task is gone");
        Assert.False(Directory.Exists(project.TableFolder("raw/app/events")));
    }

    [Fact]
    public async Task A_signal_ends_a_task_cleanly()
    {
        using var project = Slow();
        using var process = Cli.Start(project.Folder, Arguments(Loads, "load_events"));
        await project.UntilWritingAsync(process);

        Cli.Signal(process, "TERM");

        Cli.Finish(process).Fails(1, "stopped");
        Assert.False(Directory.Exists(project.TableFolder("raw/app/events")));
    }

    // Its events take minutes.
    private static SluiceProject Slow()
    {
        var project = SluiceProject.Sample(users: 2_000);
        var yaml = File.ReadAllText(Path.Combine(project.Folder, "sluice.yaml"));
        project.Write(
            "sluice.yaml",
            yaml.Replace(
                "path: app.db",
                "path: app.db\n    throttle: {max_rows_per_second: 100}",
                StringComparison.Ordinal
            )
        );
        return project;
    }

    private static int Count(SluiceProject project) =>
        int.Parse(project.Value("select count(*) from dim_user_current where user_id is not null"), null);

    private static string Answer(SluiceProject project, string funnel) =>
        project.Run("funnel", funnel, "--format", "csv").Done().Output;

    private static string[] Arguments(string dag, string task) => ["tasks", "run", dag, task, "--interval", Interval];

    private static CliResult Run(SluiceProject project, string dag, string task, params string[] more) =>
        project.Run([.. Arguments(dag, task), .. more]);

    private static IReadOnlyList<(string Dag, string Id)> Tasks(SluiceProject project) =>
        [.. Composition.Open(project.Folder).Dags.All.SelectMany(dag => dag.Tasks.Select(task => (dag.Id, task.Id)))];
}
