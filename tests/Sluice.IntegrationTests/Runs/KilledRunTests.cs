using System.Diagnostics;
using Sluice.Core;

namespace Sluice.IntegrationTests.Runs;

/// <summary>A crash is normal: the real process is killed, without a chance to clean up.</summary>
public sealed class KilledRunTests
{
    private const string NextDay = "2015-05-02";

    [Theory]
    [InlineData(3)]
    [InlineData(10, Traits = ["Speed", "Slow"])]
    public void A_first_run_killed_at_random_instants_loses_and_shows_nothing(int kills)
    {
        using var project = SluiceProject.Sample(users: 2_000);
        var (undisturbed, took) = Undisturbed(project);
        foreach (var instant in Instants(took, seed: 20150501, kills))
        {
            Directory.Delete(project.State, recursive: true);
            KillAfter(project, "run", SluiceProject.Day, instant);

            project.AssertWhole();
            AssertNothingOr(project, undisturbed);
            project.RunDay();
            Assert.Equal(undisturbed, project.Fingerprint());
            project.AssertWhole();
            project.AssertNothingStaged();
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(10, Traits = ["Speed", "Slow"])]
    public void A_second_day_killed_again_and_again_leaves_the_first_build_readable_until_it_is_whole(int kills)
    {
        using var project = SluiceProject.Sample(users: 2_000);
        var (first, took) = Undisturbed(project);
        project.Sql("update users set channel = 'mail' where user_id % 3 = 0; delete from step5 where user_id % 2 = 0");
        var second = FingerprintOfBothDays(project);
        foreach (var instant in Instants(took, seed: 20150502, kills))
        {
            KillAfter(project, "run", NextDay, instant);

            project.AssertWhole();
            var seen = project.Fingerprint();
            Assert.True(seen.SequenceEqual(first) || seen.SequenceEqual(second), string.Join('\n', seen));
            Assert.Equal(first, project.Fingerprint(asOf: SluiceProject.Day));
        }

        project.RunDay(NextDay);
        Assert.Equal(second, project.Fingerprint());
        Assert.Equal(first, project.Fingerprint(asOf: SluiceProject.Day));
        project.AssertWhole();
        project.AssertNothingStaged();
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20, Traits = ["Speed", "Slow"])]
    public void A_build_of_a_second_day_killed_at_random_instants_is_whole_or_not_there(int kills)
    {
        using var project = SluiceProject.RanSample(users: 2_000);
        var first = project.Fingerprint();
        project.Sql(
            """
            update users set channel = 'mail' where user_id % 3 = 0;
            insert into events (message_id, user_id, anonymous_id, event, page, occurred_at, sent_at, received_at)
            select 'late ' || event_id, user_id, anonymous_id, 'page', 'step2', occurred_at, sent_at, received_at
            from events where event_id % 50 = 0
            """
        );
        project.Run("extract", "--date", NextDay).Done();
        IReadOnlyList<string> second;
        TimeSpan took;
        using (var copy = project.Copy())
        {
            var started = Stopwatch.GetTimestamp();
            copy.Run("model", "--date", NextDay).Done();
            took = Stopwatch.GetElapsedTime(started);
            second = copy.Fingerprint();
        }

        Assert.NotEqual(first, second);
        foreach (var instant in Instants(took, seed: 20150503, kills))
        {
            KillAfter(project, "model", NextDay, instant);

            project.AssertWhole();
            var seen = project.Fingerprint();
            Assert.True(seen.SequenceEqual(first) || seen.SequenceEqual(second), string.Join('\n', seen));
        }

        project.Run("model", "--date", NextDay).Done();
        Assert.Equal(second, project.Fingerprint());
        Assert.Equal(first, project.Fingerprint(asOf: SluiceProject.Day));
        project.AssertWhole();
        project.AssertNothingStaged();
    }

    [Theory]
    [InlineData("load_users", Traits = ["Speed", "Slow"])]
    [InlineData("load_events", Traits = ["Speed", "Slow"])]
    [InlineData("dim_user")]
    [InlineData("step5_fact", Traits = ["Speed", "Slow"])]
    [InlineData("publish_build")]
    public void A_run_killed_right_after_a_task_goes_on_from_there(string task)
    {
        using var project = SluiceProject.Sample();
        using var process = Cli.Start(project.Folder, "run", "--date", SluiceProject.Day);
        ReadUntil(process, task);
        process.Kill();
        process.WaitForExit();

        project.AssertWhole();
        var published = project.Run("query", "select count(*) from dim_user");
        if (task != "publish_build")
        {
            published.Fails(2, "Nothing is published yet");
        }

        Assert.Contains("app.users", project.Run("tables").Done().Output, StringComparison.Ordinal);
        var rerun = project.RunDay();
        Assert.Contains(
            rerun.Lines,
            line =>
                line.Contains("load_users", StringComparison.Ordinal)
                && line.Contains("done before", StringComparison.Ordinal)
        );
        project.AssertNothingStaged();

        using var undisturbed = SluiceProject.RanSample();
        Assert.Equal(undisturbed.Fingerprint(), project.Fingerprint());
    }

    [Fact, Trait("Speed", "Slow")]
    public void A_run_killed_while_it_builds_the_index_builds_it_whole_the_next_time_and_leaves_nothing_behind()
    {
        using var project = ManyVisits();
        var temporary = Directory.CreateDirectory(Path.Combine(project.Folder, "tmp"));
        var (answer, took) = UndisturbedIndex(project, temporary);
        var left = 0;
        foreach (
            var when in new Func<TimeSpan, bool>[]
            {
                _ => temporary.EnumerateDirectories("sluice*").Any(),
                _ => Directory.EnumerateFiles(project.State, "*.arrow", SearchOption.AllDirectories).Any(),
                elapsed => elapsed > took * 0.2,
                elapsed => elapsed > took * 0.8,
            }
        )
        {
            Directory.Delete(project.State, recursive: true);
            using var process = Cli.Start(project.Folder, temporary, "model", "--date", SluiceProject.Day);
            ReadUntil(process, "fact_page_visit");
            var started = Stopwatch.GetTimestamp();
            while (!when(Stopwatch.GetElapsedTime(started)) && !process.WaitForExit(1)) { }
            process.Kill();
            process.WaitForExit();

            left += temporary.EnumerateDirectories("sluice*").Count();
            Assert.All(Indexes(project), index => Assert.True(File.Exists(Path.Combine(index, "index.json"))));
            using var again = Cli.Start(project.Folder, temporary, "model", "--date", SluiceProject.Day);
            Cli.Finish(again).Done();
            Assert.Single(Indexes(project));
            Assert.Equal(answer, AnswerOf(project, "index"));
            project.AssertNothingStaged();
            Assert.Empty(Spilled(temporary));
        }

        // Else nothing was killed that had anything to leave.
        Assert.NotEqual(0, left);
    }

    // Their order by user takes more memory than there is, and goes to disk.
    private static SluiceProject ManyVisits()
    {
        var project = new SluiceProject();
        project.Write(
            "sluice.yaml",
            """
            engine: { memory_mib: 64 }
            events:
              fact_page_visit: { event: page, time: seen, user: user_id }
            """
        );
        project.Write(
            "models/fact_page_visit.sql",
            """
            select 'user-' || (i * 7919 % 100003) as user_id, ['a', 'b', 'c'][i * 31 % 3 + 1] as page,
              timestamptz '2015-05-01' + to_seconds(i * 104729 % 86400) as seen
            from range(1000000) t(i)
            """
        );
        return project;
    }

    private static (string Answer, TimeSpan Took) UndisturbedIndex(SluiceProject project, DirectoryInfo temporary)
    {
        using var process = Cli.Start(project.Folder, temporary, "model", "--date", SluiceProject.Day);
        ReadUntil(process, "fact_page_visit");
        var started = Stopwatch.GetTimestamp();
        ReadUntil(process, "journeys_fact_page_visit");
        var took = Stopwatch.GetElapsedTime(started);
        Cli.Finish(process).Done();
        Assert.Empty(Spilled(temporary));
        var answer = AnswerOf(project, "sql");
        Assert.Equal(answer, AnswerOf(project, "index"));
        return (answer, took);
    }

    private static void ReadUntil(Process process, string task)
    {
        while (process.StandardOutput.ReadLine() is { } line && !line.Contains($"  {task} ", StringComparison.Ordinal))
        { }
    }

    private static string AnswerOf(SluiceProject project, string engine) =>
        project
            .Run("funnel", "--steps", "a,b,c", "--window", "1h", "--engine", engine, "--format", "csv")
            .Done()
            .Output;

    private static IEnumerable<string> Indexes(SluiceProject project)
    {
        var journeys = Path.Combine(project.State, "journeys");
        return Directory.Exists(journeys) ? Directory.EnumerateDirectories(journeys) : [];
    }

    // The runtime has files of its own there.
    private static IEnumerable<string> Spilled(DirectoryInfo temporary) =>
        temporary.EnumerateFileSystemInfos("sluice*").Select(entry => entry.Name);

    private static (IReadOnlyList<string> Rows, TimeSpan Took) Undisturbed(SluiceProject project)
    {
        var started = Stopwatch.GetTimestamp();
        project.RunDay();
        return (project.Fingerprint(), Stopwatch.GetElapsedTime(started));
    }

    // On a copy: the project itself has not seen the second day yet.
    private static IReadOnlyList<string> FingerprintOfBothDays(SluiceProject project)
    {
        using var copy = project.Copy();
        copy.RunDay(NextDay);
        return copy.Fingerprint();
    }

    private static IEnumerable<TimeSpan> Instants(TimeSpan whole, int seed, int count)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => whole * random.NextDouble());
    }

    // A run that ended before its instant was not killed: it is killed earlier.
    private static void KillAfter(SluiceProject project, string command, string date, TimeSpan instant)
    {
        for (var killed = false; !killed; instant /= 2)
        {
            using var process = Cli.Start(project.Folder, command, "--date", date);
            killed = !process.WaitForExit(instant);
            process.Kill();
            process.WaitForExit();
        }
    }

    private static void AssertNothingOr(SluiceProject project, IReadOnlyList<string> undisturbed)
    {
        try
        {
            Assert.Equal(undisturbed, project.Fingerprint());
        }
        catch (DefinitionException nothing)
        {
            Assert.Contains("Nothing is published yet", nothing.Message, StringComparison.Ordinal);
        }
    }
}
