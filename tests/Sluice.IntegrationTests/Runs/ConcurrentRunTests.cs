using System.Globalization;

namespace Sluice.IntegrationTests.Runs;

/// <summary>Several processes write to one lake at once: no commit is lost, whoever is late says so.</summary>
public sealed class ConcurrentRunTests
{
    [Fact]
    public void Runs_of_different_days_all_land()
    {
        using var project = SluiceProject.Sample(users: 1_000);
        string[] days = ["2015-05-01", "2015-05-02", "2015-05-03", "2015-05-04"];

        var results = AtOnce(project, days.Select(day => new[] { "run", "--date", day }));

        var done = days.Zip(results).Where(run => Succeeded(run.Second)).Select(run => run.First).ToList();
        Assert.NotEmpty(done);
        project.AssertWhole();
        project.AssertNothingStaged();
        foreach (var day in done)
        {
            Assert.Equal(
                ["1000,1000"],
                project.Query(
                    $"select (select count(user_id) from dim_user_current), (select count(*) from app.users where ds = '{day}')",
                    asOf: day
                )
            );
        }

        // Who failed can be run again, and then all are there.
        days.Except(done).ToList().ForEach(day => project.RunDay(day));
        project.RunDay("2015-05-05");
        Assert.Equal(
            [.. days.Append("2015-05-05").Select(day => $"{day},1000")],
            project.Query("select ds, count(*) from app.users group by ds order by ds")
        );
        Assert.Equal("1000", project.Value("select count(distinct user_id) from dim_user"));
    }

    [Fact]
    public void Runs_of_one_day_land_once()
    {
        using var project = SluiceProject.Sample(users: 1_000);
        using var undisturbed = SluiceProject.RanSample(users: 1_000);

        var results = AtOnce(project, Enumerable.Repeat(new[] { "run", "--date", SluiceProject.Day }, 4));

        Assert.All(results, result => result.Done());
        project.RunDay();
        Assert.Equal(undisturbed.Fingerprint(), project.Fingerprint());
        project.AssertWhole();
        project.AssertNothingStaged();
    }

    [Fact]
    public void Reextracts_of_one_day_at_once_leave_one_copy()
    {
        using var project = SluiceProject.RanSample(users: 1_000);
        var before = project.Fingerprint();

        var results = AtOnce(
            project,
            Enumerable.Repeat(new[] { "run", "--date", SluiceProject.Day, "--reextract" }, 3)
        );

        Assert.All(results, result => Succeeded(result));
        project.RunDay();
        Assert.Equal(before, project.Fingerprint());
        project.AssertWhole();
        project.AssertNothingStaged();
    }

    [Fact]
    public void Imports_of_one_table_for_different_days_all_land()
    {
        using var project = new SluiceProject();
        project.Write("sluice.yaml", "name: shop");
        project.Write("t.csv", "id,t\n1,a\n2,b\n");
        var days = Enumerable.Range(1, 6).Select(day => $"2015-05-0{day}").ToList();

        var results = AtOnce(project, days.Select(day => new[] { "import", "t.csv", "--table", "t", "--date", day }));

        var done = days.Zip(results).Where(run => Succeeded(run.Second)).Select(run => run.First).ToList();
        Assert.NotEmpty(done);
        project.AssertWhole();
        project.Run("model", "--date", "2015-05-07").Done();
        Assert.Equal(
            [.. done.Select(day => $"{day},2")],
            project.Query("select ds, count(*) from import.t group by ds order by ds")
        );
    }

    [Fact]
    public void One_of_many_processes_wins_each_name()
    {
        using var project = new SluiceProject();
        var start = DateTimeOffset
            .FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds())
            .AddSeconds(2);
        var racers = Enumerable
            .Range(0, AtomicFileRacer.Racers)
            .Select(id => AtomicFileRacer.Start(project.Folder, id, start))
            .ToList();

        var wins = racers
            .SelectMany(racer =>
            {
                using (racer)
                {
                    var output = racer.StandardOutput.ReadToEnd();
                    racer.WaitForExit();
                    Assert.Equal(0, racer.ExitCode);
                    return output
                        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                        .Select(name => (name, racer.Id))
                        .ToList();
                }
            })
            .ToList();

        Assert.Equal(AtomicFileRacer.Names, wins.Count);
        Assert.Equal(AtomicFileRacer.Names, wins.DistinctBy(win => win.name).Count());
        Assert.All(
            wins,
            win =>
                Assert.Equal(
                    win.Id.ToString(CultureInfo.InvariantCulture),
                    File.ReadAllText(Path.Combine(project.Folder, win.name))
                )
        );
        // It was a race: no single one won everything.
        Assert.NotEqual(1, wins.DistinctBy(win => win.Id).Count());
    }

    private static IReadOnlyList<CliResult> AtOnce(SluiceProject project, IEnumerable<string[]> commands)
    {
        var processes = commands.Select(command => Cli.Start(project.Folder, command)).ToList();
        try
        {
            // Each is read on a thread of its own: a full pipe would hold the writer up.
            var reading = processes.Select(process =>
                Task.Factory.StartNew(() => Cli.Finish(process), TaskCreationOptions.LongRunning)
            );
            return Task.WhenAll(reading.ToArray()).GetAwaiter().GetResult();
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }
    }

    // Done, or a clear message and nothing else.
    private static bool Succeeded(CliResult result)
    {
        if (result.Exit == 0)
        {
            return true;
        }

        result.Fails(1, "Another run has written");
        return false;
    }
}
