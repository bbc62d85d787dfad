using System.Diagnostics;

namespace Sluice.IntegrationTests.Lake;

/// <summary>Upkeep that is killed, or that runs beside loads, loses and doubles nothing.</summary>
public sealed class KilledUpkeepTests
{
    private const string Rows = "select count(*), sum(id), sum(n), sum(_seq), sum(hash(s)::hugeint) from app.t";

    [Theory]
    [InlineData(2)]
    [InlineData(8, Traits = ["Speed", "Slow"])]
    public void A_compaction_killed_at_random_instants_changes_nothing_or_all(int kills)
    {
        using var project = Large();
        var rows = project.Value(Rows);
        var files = StateFolder.LiveFiles(project.TableFolder("raw/app/t")).Count;
        var random = new Random(20150501);
        using var undisturbed = project.Copy();
        var started = Stopwatch.GetTimestamp();
        undisturbed.Run("lake", "compact").Done();
        var took = Stopwatch.GetElapsedTime(started);
        for (var kill = 0; kill < kills; kill++)
        {
            using var copy = project.Copy();
            Kill(copy, took * random.NextDouble(), "lake", "compact");

            Assert.Contains(StateFolder.LiveFiles(copy.TableFolder("raw/app/t")).Count, new[] { files, 1 });
            copy.Run("lake", "verify", "--deep").Done();
            copy.Run("lake", "compact").Done();
            copy.Run("model", "--date", SluiceProject.Day, "--full-refresh").Done();
            Assert.Equal(rows, copy.Value(Rows));
            copy.AssertNothingStaged();

            // What the dead one had published and not committed goes once it is old.
            foreach (var file in Directory.GetFiles(copy.State, "part-*", SearchOption.AllDirectories))
            {
                File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
            }

            copy.Run("lake", "vacuum").Done();
            copy.Run("lake", "verify").Done();
            Assert.Equal(rows, copy.Value(Rows));
        }
    }

    [Fact]
    public void A_vacuum_killed_again_and_again_ends_where_an_undisturbed_one_does()
    {
        using var project = SluiceProject.Of(
            "create table t (id integer primary key, s text); insert into t values (1, 'a')",
            "t:"
        );
        project.Write("models/m.sql", "select id, s from {{ source('app', 't') }}");
        project.RunDay();
        var folder = Path.GetDirectoryName(StateFolder.LiveFiles(project.TableFolder("raw/app/t"))[0])!;
        var live = Directory.GetFiles(folder)[0];
        for (var i = 0; i < 6_000; i++)
        {
            var stray = Path.Combine(folder, $"part-{i:D5}-stray.parquet");
            File.Copy(live, stray);
            File.SetLastWriteTimeUtc(stray, DateTime.UnixEpoch);
        }

        var random = new Random(20150502);
        var killed = 0;
        for (var kill = 0; kill < 8; kill++)
        {
            var before = Directory.GetFiles(folder).Length;
            using var process = Cli.Start(project.Folder, "lake", "vacuum");
            // Right in the middle: as soon as some files are gone.
            var wanted = before - random.Next(1, 500);
            while (Directory.GetFiles(folder).Length > wanted && !process.WaitForExit(1)) { }
            killed += process.HasExited ? 0 : 1;
            process.Kill();
            process.WaitForExit();

            project.Run("lake", "verify").Done();
            Assert.Equal("1", project.Value("select count(*) from m"));
        }

        Assert.NotEqual(0, killed);
        project.Run("lake", "vacuum").Done();
        Assert.Equal([live], Directory.GetFiles(folder));
        project.Run("lake", "verify", "--deep").Done();
    }

    [Fact]
    public async Task Compactions_beside_loads_lose_no_row()
    {
        using var project = Large();
        var days = Enumerable.Range(2, 6).Select(day => $"2015-05-{day:D2}").ToList();
        using var compacting = new CancellationTokenSource();
        var compaction = Task.Factory.StartNew(
            () =>
            {
                var runs = 0;
                while (!compacting.IsCancellationRequested)
                {
                    var result = project.Run("lake", "compact");
                    if (result.Exit != 0)
                    {
                        result.Fails(1, "Another writer has replaced files");
                    }

                    runs++;
                }

                return runs;
            },
            TaskCreationOptions.LongRunning
        );
        foreach (var day in days)
        {
            project.Sql($"insert into t select id + 1000000 * {day[^1]}, 1, 'new' from t where id <= 50");
            project.Run("extract", "--date", day).Done();
            // Rows that are as the log has them would not be added.
            project.Sql($"update t set n = 2 where id > 1000000 * {day[^1]}");
            project.Run("extract", "--date", day, "--reextract").Done();
        }

        await compacting.CancelAsync();
        Assert.NotEqual(0, await compaction);
        project.Run("lake", "compact").Done();

        project.Run("model", "--date", days[^1]).Done();
        Assert.Equal(
            [.. days.Select(day => $"{day},100,50")],
            project.Query(
                "select ds, count(*), count(distinct id) from app.t where ds > '2015-05-01' group by ds order by ds"
            )
        );
        Assert.Equal(days.Count + 1, StateFolder.LiveFiles(project.TableFolder("raw/app/t")).Count);
        project.Run("lake", "verify", "--deep").Done();
        project.AssertNothingStaged();
    }

    /// <summary>A log of 60,000 rows that was loaded five times over for one day.</summary>
    private static SluiceProject Large()
    {
        var project = SluiceProject.Of(
            """
            create table t (id integer primary key, n integer, s text);
            with recursive i(i) as (select 1 union all select i + 1 from i where i < 60000)
            insert into t select i, i * 7919 % 1009, hex(randomblob(16)) from i;
            """,
            "t: { cursor: id, key: id }"
        );
        project.Write("models/m.sql", "select 1 as one");
        for (var i = 0; i < 5; i++)
        {
            project.Sql("update t set n = n + 1");
            project.Run("extract", "--date", SluiceProject.Day, "--reextract").Done();
        }

        project.Run("model", "--date", SluiceProject.Day).Done();
        return project;
    }

    private static void Kill(SluiceProject project, TimeSpan instant, params string[] command)
    {
        using var process = Cli.Start(project.Folder, command);
        process.WaitForExit(instant);
        process.Kill();
        process.WaitForExit();
    }
}
