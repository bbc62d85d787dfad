using System.Diagnostics;
using Sluice.Core.Extraction;
using Sluice.IntegrationTests.Extract;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Faults;

/// <summary>The real binary over a network that breaks or goes silent: it is tried again or told, and the lake becomes the source.</summary>
public sealed class BrokenExtractTests(PostgreSqlServer postgres, MariaDbServer mariaDb)
{
    private const int Rows = 40_000;
    private const int Noise = 64;
    private const string Guards = "statement_timeout: 1s, connect_timeout: 1s";

    // Nothing waits longer, however slow the machine is; what waits for ever waits longer than this.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Theory, Trait("Speed", "Slow")]
    [InlineData(SourceKind.PostgreSql, 20)]
    [InlineData(SourceKind.MySql, 20)]
    public async Task Connections_that_break_at_random_bytes_leave_no_trace_in_the_lake(SourceKind kind, int breaks)
    {
        var database = await kind.CreateAsync(postgres, mariaDb);
        var visits = await LiveVisits.CreateAsync(database, Rows, Noise);
        var random = new Random(breaks);
        var left = breaks;
        using var proxy = new FaultyProxy(
            database.Port,
            () =>
                left-- > 0
                    ? new ProxyCut(
                        (ProxyFault)random.Next(3),
                        (long)Math.Exp(random.NextDouble() * Math.Log(3_000_000))
                    )
                    : null
        );
        using var project = visits.CreateProject(guards: Guards, port: proxy.Port);

        for (CliResult? result = null; result?.Exit != 0; )
        {
            result = project.Run("extract", "--date", LiveVisits.First);
            if (result.Exit != 0)
            {
                result.Fails(1, "ource 'app'");
                Assert.Empty(project.Tables());
            }
        }

        left = 0;
        await visits.AssertLoadedAsync(project);
        Assert.InRange(proxy.Cuts, 2, breaks);
    }

    [Theory]
    [InlineData(SourceKind.PostgreSql)]
    [InlineData(SourceKind.MySql)]
    public async Task A_network_that_goes_silent_in_the_middle_of_a_view_is_told_in_bounded_time(SourceKind kind)
    {
        var database = await kind.CreateAsync(postgres, mariaDb);
        await LiveVisits.CreateAsync(database, Rows, Noise);
        await database.RunAsync("create view v as select * from visits");
        var isSilent = true;
        // Behind the first page and before the last one.
        using var proxy = new FaultyProxy(
            database.Port,
            () => isSilent ? new ProxyCut(ProxyFault.Stall, 3_000_000) : null
        );
        using var project = database.CreateProject("v:", guards: Guards, port: proxy.Port);

        var started = Stopwatch.GetTimestamp();
        project.Run("extract", "--date", LiveVisits.First).Fails(1, "ource 'app'");

        Assert.Equal(1, proxy.Cuts);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Bound);
        Assert.Empty(project.Tables());
        project.AssertNothingStaged();
        isSilent = false;
        Assert.Contains(
            "40,000 rows",
            project.Run("extract", "--date", LiveVisits.First).Done().Output,
            StringComparison.Ordinal
        );
    }

    [Theory, Trait("Speed", "Slow")]
    [InlineData(SourceKind.PostgreSql)]
    [InlineData(SourceKind.MySql)]
    public async Task A_network_that_stays_silent_is_told_after_the_retries_and_the_next_run_goes_on(SourceKind kind)
    {
        var database = await kind.CreateAsync(postgres, mariaDb);
        var visits = await LiveVisits.CreateAsync(database, Rows, Noise);
        var silence = 3_000_000L;
        using var proxy = new FaultyProxy(
            database.Port,
            () => silence < 0 ? null : new ProxyCut(ProxyFault.Stall, Interlocked.Exchange(ref silence, 0))
        );
        using var project = visits.CreateProject(guards: Guards, port: proxy.Port);

        var started = Stopwatch.GetTimestamp();
        project.Run("extract", "--date", LiveVisits.First).Fails(1, "ource 'app'");

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Bound);
        Assert.Empty(project.Tables());
        silence = -1;
        Assert.NotEqual(0, project.KeptParts());
        project.Run("extract", "--date", LiveVisits.First).Done();
        await visits.AssertLoadedAsync(project);
    }

    [Theory]
    [InlineData(SourceKind.PostgreSql)]
    [InlineData(SourceKind.MySql)]
    public async Task An_extract_that_waits_for_a_silent_network_says_so_when_it_is_interrupted(SourceKind kind)
    {
        var database = await kind.CreateAsync(postgres, mariaDb);
        var visits = await LiveVisits.CreateAsync(database, Rows, Noise);
        using var proxy = new FaultyProxy(database.Port, () => new ProxyCut(ProxyFault.Stall, 3_000_000));
        using var project = visits.CreateProject(guards: "statement_timeout: 10m", port: proxy.Port);
        using var extract = Cli.Start(project.Folder, "extract", "--date", LiveVisits.First, "--quiet");
        await WaitForSilenceAsync(proxy, extract);

        Cli.Signal(extract, "INT");
        var isStopped = extract.WaitForExit(Bound);
        extract.Kill();

        Assert.True(isStopped, "The extract goes on.");
        Cli.Finish(extract).Fails(1, "error: stopped", "run again to do the rest");
    }

    [Theory]
    [InlineData(SourceKind.PostgreSql)]
    [InlineData(SourceKind.MySql)]
    public async Task An_extract_that_waits_for_a_silent_network_can_be_stopped(SourceKind kind)
    {
        var database = await kind.CreateAsync(postgres, mariaDb);
        var visits = await LiveVisits.CreateAsync(database, Rows, Noise);
        using var proxy = new FaultyProxy(database.Port, () => new ProxyCut(ProxyFault.Stall, 3_000_000));
        using var project = visits.CreateProject(guards: "statement_timeout: 10m", port: proxy.Port);
        using var extract = Cli.Start(project.Folder, "extract", "--date", LiveVisits.First, "--quiet");
        await WaitForSilenceAsync(proxy, extract);

        using var stop = Cli.Start(project.Folder, "extract", "stop");
        var isStopped = extract.WaitForExit(Bound);
        extract.Kill();

        Assert.True(isStopped, "The extract goes on.");
        Cli.Finish(extract).Fails(1, "stopped by 'sluice extract stop'");
        Cli.Finish(stop).Done();
        Assert.NotEqual(0, project.KeptParts());
    }

    private static async Task WaitForSilenceAsync(FaultyProxy proxy, Process extract)
    {
        while (proxy.Cuts == 0)
        {
            Assert.False(extract.HasExited, "The extract ended before the network went silent.");
            await Task.Yield();
        }
    }
}
