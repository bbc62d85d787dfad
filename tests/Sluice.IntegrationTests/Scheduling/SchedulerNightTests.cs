using System.Diagnostics;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary>Both DAGs of a night by the scheduler, each task in a process of its own.</summary>
public sealed class SchedulerNightTests
{
    private const string Success = "Z dimension_modeling 2015-05-01 success";

    // A task over which five workers are lost in a row has failed. On a slow machine it has to get somewhere in between.
    private const int MostInVain = 3;

    private const string NoSchedule = """

        dags:
          funnel_pipeline: { schedule: none }
          dimension_modeling: { schedule: none }
        """;

    [Fact]
    public void A_night_comes_to_what_run_comes_to()
    {
        using var project = Night();
        using (var scheduler = RunningScheduler.Start(project))
        {
            Trigger(project);
            scheduler.Until(Success);
            scheduler.Stop().Done();
        }

        Assert.Equal(ByRun(), project.Fingerprint());
        project.AssertNothingStaged();
        var runs = project.Run("runs", "list", "--format", "csv").Done().Lines;
        Assert.Equal(
            2,
            runs.Count(line => line.Contains("manual__2015-05-01T00:00:00+00:00,success", StringComparison.Ordinal))
        );
        Assert.Contains(
            "load_users",
            project.Run("runs", "logs", "funnel_pipeline", SluiceProject.Day, "--task", "load_users").Done().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_run_by_hand_is_kept_and_gone_on_with_where_it_was_killed()
    {
        using var project = Night();
        using (var byHand = Cli.Start(project.Folder, "run", "--date", SluiceProject.Day))
        {
            while (
                byHand.StandardOutput.ReadLine() is { } line && !line.Contains("  dim_user ", StringComparison.Ordinal)
            ) { }
            byHand.Kill();
            byHand.WaitForExit();
        }

        Assert.Contains(
            "running",
            project.Run("runs", "show", "dimension_modeling", SluiceProject.Day).Done().Output,
            StringComparison.Ordinal
        );
        using (var scheduler = RunningScheduler.Start(project))
        {
            scheduler.Until(Success);
            scheduler.Stop().Done();
        }

        Assert.Equal(ByRun(), project.Fingerprint());
        AssertEachTaskSucceededOnce(project);
    }

    [Fact]
    public Task Killed_again_and_again_a_night_comes_to_the_same() => Disturbed(kills: 3, seed: 1);

    [Fact, Trait("Speed", "Slow")]
    public Task Killed_at_thirty_instants_nights_come_to_the_same() => Disturbed(kills: 30, seed: 2);

    // A kill strikes the scheduler or one of the processes of its tasks; the scheduler is started again each time.
    private static async Task Disturbed(int kills, int seed)
    {
        var undisturbed = ByRun();
        var (random, done) = (new Random(seed), 0);
        while (done < kills)
        {
            using var project = Night();
            Trigger(project);
            var inVain = 0;
            while (!IsOver(project))
            {
                using var scheduler = RunningScheduler.Start(project);
                if (inVain++ == MostInVain)
                {
                    inVain = 0;
                    if (scheduler.Until(" success").Contains(Success, StringComparison.Ordinal))
                    {
                        continue;
                    }
                }

                var over = Task.Run(() => scheduler.Until(Success));
                if (done >= kills || await EndsSoon(over, random))
                {
                    // One that nobody killed has said it, or the test fails.
                    await over;
                }
                else
                {
                    done++;
                    Strike(scheduler, random);
                    // Of the scheduler itself that ends what is read; of a task, it goes on and finds it out.
                    await EndsSoon(over, random);
                }
            }

            Assert.Equal(undisturbed, project.Fingerprint());
            project.AssertWhole();
            project.AssertNothingStaged();
            AssertEachTaskSucceededOnce(project);
        }
    }

    private static async Task<bool> EndsSoon(Task over, Random random) =>
        await Task.WhenAny(over, Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * 4), TimeProvider.System))
        == over;

    // A kill may strike after the last word was kept and before it was said: nobody says it again.
    private static bool IsOver(SluiceProject project)
    {
        var run = project.Run("runs", "list", "dimension_modeling", "--format", "csv").Done().Output;
        Assert.DoesNotContain(",failed,", run, StringComparison.Ordinal);
        return run.Contains(",success,", StringComparison.Ordinal);
    }

    private static void Strike(RunningScheduler scheduler, Random random)
    {
        var workers = scheduler.Workers();
        if (workers.Count > 0 && random.Next(2) == 0)
        {
            using var kill = Process.Start("kill", ["-KILL", $"{workers[random.Next(workers.Count)]}"]);
            kill.WaitForExit();
        }
        else
        {
            scheduler.Kill();
        }
    }

    private static void AssertEachTaskSucceededOnce(SluiceProject project)
    {
        foreach (var dag in new[] { "funnel_pipeline", "dimension_modeling" })
        {
            var tasks = project.Run("runs", "show", dag, SluiceProject.Day, "--format", "csv").Done().Lines.Skip(1);
            Assert.All(tasks, line => Assert.Equal("success", line.Split(',')[1]));
        }

        Assert.Single(project.Run("builds", "list", "--format", "csv").Done().Lines.Skip(1));
    }

    private static void Trigger(SluiceProject project)
    {
        project.Run("dags", "trigger", "funnel_pipeline", "--date", SluiceProject.Day).Done();
        project.Run("dags", "trigger", "dimension_modeling", "--date", SluiceProject.Day).Done();
    }

    private static IReadOnlyList<string> ByRun()
    {
        using var project = SluiceProject.RanSample();
        return project.Fingerprint();
    }

    private static SluiceProject Night()
    {
        var project = SluiceProject.Sample();
        File.AppendAllText(Path.Combine(project.Folder, "sluice.yaml"), NoSchedule);
        return project;
    }
}
