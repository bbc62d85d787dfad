using System.Diagnostics;
using Sluice.Core;

namespace Sluice.IntegrationTests.Runs;

/// <summary>A crash is normal: the real process is killed, without a chance to clean up.</summary>
public sealed class KilledRunTests
{
    private const int Kills = 10;
    private const string NextDay = "2015-05-02";

    [Fact]
    public void A_first_run_killed_at_ten_random_instants_loses_and_shows_nothing()
    {
        using var project = SluiceProject.Sample(users: 5_000);
        var (undisturbed, took) = Undisturbed(project);
        foreach (var instant in Instants(took, seed: 20150501))
        {
            Directory.Delete(project.State, recursive: true);
            KillAfter(project, SluiceProject.Day, instant);

            project.AssertWhole();
            AssertNothingOr(project, undisturbed);
            project.RunDay();
            Assert.Equal(undisturbed, project.Fingerprint());
            project.AssertWhole();
            project.AssertNothingStaged();
        }
    }

    [Fact]
    public void A_second_day_killed_again_and_again_leaves_the_first_build_readable_until_it_is_whole()
    {
        using var project = SluiceProject.Sample(users: 5_000);
        var (first, took) = Undisturbed(project);
        project.Sql("update users set channel = 'mail' where user_id % 3 = 0; delete from step5 where user_id % 2 = 0");
        var second = FingerprintOfBothDays(project);
        foreach (var instant in Instants(took, seed: 20150502))
        {
            KillAfter(project, NextDay, instant);

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
    [InlineData("load_users")]
    [InlineData("load_events")]
    [InlineData("dim_user")]
    [InlineData("step5_fact")]
    [InlineData("publish_build")]
    public void A_run_killed_right_after_a_task_goes_on_from_there(string task)
    {
        using var project = SluiceProject.Sample();
        using var process = Cli.Start(project.Folder, "run", "--date", SluiceProject.Day);
        while (process.StandardOutput.ReadLine() is { } line && !line.Contains($"  {task} ", StringComparison.Ordinal))
        { }

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

        using var undisturbed = SluiceProject.Sample();
        undisturbed.RunDay();
        Assert.Equal(undisturbed.Fingerprint(), project.Fingerprint());
    }

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

    private static IEnumerable<TimeSpan> Instants(TimeSpan whole, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, Kills).Select(_ => whole * random.NextDouble());
    }

    // A run that ended before its instant was not killed: it is killed earlier.
    private static void KillAfter(SluiceProject project, string date, TimeSpan instant)
    {
        for (var killed = false; !killed; instant /= 2)
        {
            using var process = Cli.Start(project.Folder, "run", "--date", date);
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
