using System.Diagnostics;
using Sluice.Core.Extraction;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>
/// A live table is extracted by the real binary, which is killed again and again while others insert, update and delete. In the
/// end, and after a reconcile, the lake is the source.
/// </summary>
public sealed class KilledExtractTests(PostgreSqlServer postgres, MariaDbServer mariaDb)
{
    [Theory]
    [InlineData(SourceKind.PostgreSql, 1, Traits = ["Speed", "Slow"])]
    [InlineData(SourceKind.PostgreSql, 3)]
    [InlineData(SourceKind.MySql, 2)]
    public async Task An_extract_killed_again_and_again_loses_nothing_and_has_nothing_twice(
        SourceKind kind,
        int sessions
    )
    {
        const int Rows = 60_000;
        var visits = await LiveVisits.CreateAsync(await kind.CreateAsync(postgres, mariaDb), Rows);
        using var project = visits.CreateProject($"max_connections: {sessions}, max_rows_per_second: {Rows / 5}");
        await using var others = visits.StartWriting();
        var random = new Random(Rows + sessions);
        Func<TimeSpan, bool> Whenever() => After(TimeSpan.FromMilliseconds(300 + random.Next(1500)));

        await InterruptAsync(project, "KILL", Whenever());
        await InterruptAsync(project, "KILL", Whenever());
        // One that is left by Ctrl-C keeps what it has: the next kills meet an extract that goes on.
        for (var wait = TimeSpan.FromSeconds(1); project.KeptParts() == 0; wait *= 1.5)
        {
            await InterruptAsync(project, "INT", After(wait));
        }

        await InterruptAsync(project, "KILL", Whenever());
        await InterruptAsync(project, "KILL", Whenever());
        Assert.NotEqual(0, project.KeptParts());

        project.Unthrottle();
        project.Run("extract", "--date", LiveVisits.First).Done();
        await others.StopAsync();
        await visits.AssertLoadedAsync(project);
    }

    // So much noise that part files are closed because they are large: only these outlive a kill.
    [Theory, Trait("Speed", "Slow")]
    [InlineData(SourceKind.PostgreSql, 2_000_000, 256, 30)]
    [InlineData(SourceKind.MySql, 200_000, 2048, 10)]
    public async Task A_large_extract_killed_at_random_instants_goes_on_from_its_part_files(
        SourceKind kind,
        int rows,
        int noise,
        int kills
    )
    {
        var visits = await LiveVisits.CreateAsync(await kind.CreateAsync(postgres, mariaDb), rows, noise);
        using var project = visits.CreateProject("max_connections: 1, max_bytes_per_second: 100000000");
        await using var others = visits.StartWriting();
        var random = new Random(rows);
        for (var kill = 0; kill < kills; kill++)
        {
            // Most are killed whenever, two as soon as there is another part.
            var kept = project.KeptParts();
            var isDue =
                kill % (kills / 2) == kills / 4
                    ? _ => project.KeptParts() > kept
                    : After(TimeSpan.FromMilliseconds(300 + random.Next(1500)));
            await InterruptAsync(project, "KILL", isDue);
            Assert.True(project.KeptParts() >= kept, "The kill took back what was kept.");
        }

        Assert.True(project.KeptParts() >= 2);
        project.Unthrottle();
        project.Run("extract", "--date", LiveVisits.First).Done();
        await others.StopAsync();
        await visits.AssertLoadedAsync(project);
    }

    // Before the extract is done, it ends as by kill(1).
    private static async Task InterruptAsync(SluiceProject project, string signal, Func<TimeSpan, bool> isDue)
    {
        using var process = Cli.Start(project.Folder, "extract", "--date", LiveVisits.First, "--quiet");
        var started = Stopwatch.GetTimestamp();
        while (!isDue(Stopwatch.GetElapsedTime(started)) && !process.WaitForExit(1)) { }
        Assert.False(process.HasExited, "The extract was done before it was interrupted.");
        Cli.Signal(process, signal);
        await process.WaitForExitAsync();
    }

    private static Func<TimeSpan, bool> After(TimeSpan time) => elapsed => elapsed >= time;
}
