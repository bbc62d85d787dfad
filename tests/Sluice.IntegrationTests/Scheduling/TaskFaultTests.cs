using System.Diagnostics;
using System.Globalization;
using static Sluice.IntegrationTests.Scheduling.UserDags;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary>Tasks that write too much, take too much or leave something behind.</summary>
public sealed class TaskFaultTests
{
    private const long MostMemory = 400L << 20;

    [Fact]
    public void A_command_that_the_system_does_not_take_fails_in_words()
    {
        using var project = ProjectWith(Shell($": {new string('a', 200_000)}"));

        Run(project).Fails(1, "cannot be started", "128 KB");
    }

    [Fact]
    public void A_fault_that_nobody_foresaw_ends_the_try_and_is_in_its_log()
    {
        using var project = SluiceProject.RanSample();
        File.AppendAllText(
            Path.Combine(project.Folder, "sluice.yaml"),
            "\ndags: { d: { schedule: none, params: { x: \"a\\0b\" }, tasks: { t: { sql: select 1, to: \"{{ params.x }}.csv\" } } } }\n"
        );
        RunToEnd(project, "d", "failed");

        Assert.Contains("error: Null character in path", Log(project, "d", "t"), StringComparison.Ordinal);
        Assert.Contains(
            "Null character in path",
            project.Run("runs", "show", "d", SluiceProject.Day, "--format", "csv").Done().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_question_without_rows_leaves_nothing_behind()
    {
        using var project = SluiceProject.RanSample();
        File.AppendAllText(
            Path.Combine(project.Folder, "sluice.yaml"),
            "\ndags: { d: { schedule: none, tasks: { t: { sql: select 1 as n where false, to: out/x.parquet } } } }\n"
        );
        Run(project).Fails(1, "gave no rows");

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(project.Folder, "out")));
    }

    [Fact]
    public async Task A_line_without_an_end_takes_little_memory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), PeakMemory.WhyLinux);
        using var project = ProjectWith(Shell("head -c 100000000 /dev/zero | tr '\\\\0' a; printf '\\\\377said\\\\n'"));
        using var process = Cli.Start(project.Folder, "tasks", "run", "d", "t", "--date", SluiceProject.Day);
        var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        var error = process.StandardError.BaseStream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        var peak = PeakMemory.Until(process);
        await Task.WhenAll(output, error);
        Assert.Equal(0, process.ExitCode);
        Assert.InRange(peak, 1, MostMemory);

        Trigger(project, "d");
        using var scheduler = RunningScheduler.Start(project);
        scheduler.Until("d 2015-05-01 success");
        Assert.InRange(PeakMemory.SoFar(scheduler.Process.Id), 1, MostMemory);
        scheduler.Stop().Done();
        Assert.Contains("\uFFFDsaid", Log(project, "d", "t")[^1_000..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_daemon_that_holds_the_output_open_does_not_hold_the_task()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It needs setsid.");
        using var project = ProjectWith(
            Shell("setsid sh -c 'echo $$ > daemon; exec sleep 3600' & while ! test -s daemon; do sleep 0.05; done")
        );
        try
        {
            var said = Run(project).Done().Output;

            Assert.Contains("holds its output open", said, StringComparison.Ordinal);
        }
        finally
        {
            using var daemon = Process.GetProcessById(int.Parse(Read(project, "daemon"), CultureInfo.InvariantCulture));
            daemon.Kill();
        }
    }

    [Theory]
    [InlineData("--lease 2s or more", "scheduler", "--lease", "0s")]
    [InlineData("--parallelism takes a number from 1", "up", "--parallelism", "0")]
    [InlineData("--limit takes a number from 1", "runs", "list", "--limit", "-4")]
    [InlineData("--limit takes a number from 1", "builds", "list", "--limit", "0")]
    [InlineData("--runs takes a number from 0", "dags", "show", "d", "--runs", "-1")]
    public void A_number_that_makes_no_sense_is_refused(string words, params string[] arguments)
    {
        using var project = ProjectWith(Shell("true"));

        project.Run(arguments).Fails(2, words);
    }

    private static string Shell(string command) =>
        $"d: {{ schedule: none, tasks: {{ t: {{ shell: \"{command}\" }} }} }}";

    private static CliResult Run(SluiceProject project) =>
        project.Run("tasks", "run", "d", "t", "--date", SluiceProject.Day);
}
