using Sluice.IntegrationTests.Extract;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Faults;

/// <summary>Clocks that go back, the machine's or the source's: the stored high never does, and nothing is lost or there twice.</summary>
public sealed class ClockTests(PostgreSqlServer postgres)
{
    private const int Rows = 20_000;

    [Fact]
    public async Task The_machines_clock_may_go_back_between_runs_and_before_a_resume()
    {
        using var clock = new FakeClock("2016-03-01");
        var database = postgres.CreateDatabase();
        var visits = await LiveVisits.CreateAsync(database, Rows);
        using var project = visits.CreateProject($"max_rows_per_second: {Rows / 4}");
        await database.RunAsync("update visits set changed_at = changed_at + interval '1 day' where id > 1000");
        project.Run("extract", "--date", LiveVisits.First).Done();

        // The first page of the second day is kept by a stop; the rest comes months before.
        using (
            var extract = Cli.Start(
                project.Folder,
                clock.Environment,
                "extract",
                "--date",
                LiveVisits.Second,
                "--quiet"
            )
        )
        {
            await project.UntilWritingAsync(extract);
            project.Run("extract", "stop").Done();
            Cli.Finish(extract).Fails(1, "stopped");
        }

        Assert.NotEqual(0, project.KeptParts());
        clock.Set("2015-06-01");
        project.Unthrottle();
        using (var again = Cli.Start(project.Folder, clock.Environment, "extract", "--date", LiveVisits.Second))
        {
            Cli.Finish(again).Done();
        }

        await visits.AssertLoadedAsync(project);
        Assert.Equal(
            ["2015", "2016"],
            project.Query("select distinct year(_extracted_at) from app.visits where ds = '2015-05-02' order by 1")
        );
        AssertHighOnlyRises(project, commits: 2);
    }

    [Fact]
    public void A_day_that_is_not_over_by_the_machines_clock_is_not_loaded()
    {
        using var clock = new FakeClock("2015-05-02 12:00");
        using var project = SluiceProject.Of(
            "create table t (id integer primary key, at timestamp not null); insert into t values (1, '2015-05-01T10:00:00Z')",
            "t: {cursor: at, key: id}"
        );
        Extract(LiveVisits.First).Done();

        Extract(LiveVisits.Second)
            .Fails(2, "The interval 2015-05-02 is not over", "can be loaded from 2015-05-03 00:02");
        clock.Set("2015-05-01 12:00");
        Extract(LiveVisits.First, "--reextract").Fails(2, "The interval 2015-05-01 is not over");

        Assert.Equal(1, project.Commits());

        CliResult Extract(string date, params string[] options)
        {
            using var process = Cli.Start(project.Folder, clock.Environment, ["extract", "--date", date, .. options]);
            return Cli.Finish(process);
        }
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task The_servers_clock_may_go_back_behind_what_was_loaded()
    {
        using var clock = new FakeClock("2015-05-03 12:00");
        using var server = new PostgreSqlServer { Environment = clock.Environment };
        var database = server.CreateDatabase();
        var visits = await LiveVisits.CreateAsync(database, Rows);
        using var project = visits.CreateProject($"max_rows_per_second: {Rows / 4}");
        project.Run("extract", "--date", LiveVisits.First).Done();
        await database.RunAsync("update visits set changed_at = changed_at + interval '1 day' where id > 1000");

        // While the second day is read the clock goes back into the first.
        using (var extract = Cli.Start(project.Folder, "extract", "--date", LiveVisits.Second, "--quiet"))
        {
            await project.UntilWritingAsync(extract);
            clock.Set("2015-05-01 12:00");
            project.Run("extract", "stop").Done();
            Cli.Finish(extract).Fails(1, "stopped");
        }

        Assert.NotEqual(0, project.KeptParts());
        project
            .Run("extract", "--date", LiveVisits.Second)
            .Fails(1, "says 2015-05-01 12:", "2015-05-02 can be loaded from");
        Assert.Equal(1, project.Commits());
        Assert.NotEqual(0, project.KeptParts());

        clock.Set("2015-05-03 01:00");
        project.Unthrottle();
        project.Run("extract", "--date", LiveVisits.Second).Done();
        await visits.AssertLoadedAsync(project);
        project.Run("extract", "--date", LiveVisits.First, "--reextract").Done();
        AssertHighOnlyRises(project, commits: 3);
    }

    // Of each commit with rows of the source.
    private static void AssertHighOnlyRises(SluiceProject project, int commits)
    {
        var highs = StateFolder
            .Actions(project.TableFolder("raw/app/visits"))
            .Where(action => action.TryGetProperty("txn", out var txn) && IsHigh(txn.GetProperty("appId").GetString()!))
            .Select(action => action.GetProperty("txn").GetProperty("version").GetInt64())
            .ToList();
        Assert.Equal(commits, highs.Count);
        Assert.Equal(highs.Order(), highs);
        Assert.NotEqual(0, highs[0]);

        static bool IsHigh(string application) => application.EndsWith(":changed_at", StringComparison.Ordinal);
    }
}
