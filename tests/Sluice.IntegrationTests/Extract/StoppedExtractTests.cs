using System.Diagnostics;

namespace Sluice.IntegrationTests.Extract;

/// <summary><c>sluice extract stop</c> ends an extract in another process, which goes on when it is run again.</summary>
public sealed class StoppedExtractTests
{
    private const int Rows = 100_000;

    [Fact]
    public void A_running_extract_ends_and_the_next_one_goes_on_behind_it()
    {
        using var project = Slow();
        using var extract = Cli.Start(project.Folder, "extract", "--date", SluiceProject.Day, "--quiet");
        var running = Path.Combine(project.State, "running");
        while (!Directory.Exists(running) || !Directory.EnumerateFiles(running, "*.extract").Any())
        {
            Thread.Yield();
        }

        var asked = Stopwatch.GetTimestamp();
        var stop = project.Run("extract", "stop").Done();
        var result = Cli.Finish(extract);

        Assert.Contains("1 extract was stopped.", stop.Output, StringComparison.Ordinal);
        result.Fails(1, "stopped by 'sluice extract stop'", "run it again to go on");
        // Two processes start and end in this time, too; at its own pace the extract takes most of a minute.
        Assert.InRange(Stopwatch.GetElapsedTime(asked).TotalSeconds, 0, 20);
        Assert.Empty(project.Tables());
        project.Write(
            "sluice.yaml",
            File.ReadAllText(Yaml(project)).Replace("2000}", "9000000}", StringComparison.Ordinal)
        );
        Assert.Contains(
            "100,000 rows",
            project.Run("extract", "--date", SluiceProject.Day).Done().Output,
            StringComparison.Ordinal
        );
        project.AssertNothingStaged();
    }

    private static string Yaml(SluiceProject project) => Path.Combine(project.Folder, "sluice.yaml");

    private static SluiceProject Slow()
    {
        var project = new SluiceProject();
        project.Sql(
            $"""
            create table t (id integer primary key, x text);
            with recursive n(i) as (select 1 union all select i + 1 from n where i < {Rows}) insert into t select i, 'x' from n
            """
        );
        project.Write(
            "sluice.yaml",
            """
            sources:
              app:
                kind: sqlite
                path: app.db
                throttle: {max_rows_per_second: 2000}
                tables: {t: {key: id}}
            """
        );
        return project;
    }
}
