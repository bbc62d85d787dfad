using Sluice.Core.Extraction;
using Sluice.IntegrationTests.Extract;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A server that crashes while it is read: the extract waits for it within its retries, or says so and goes on when it is run again.</summary>
public sealed class RestartedServerTests
{
    private const int Rows = 60_000;

    // Slow enough that the server goes in the middle.
    private static readonly string Throttle = $"max_rows_per_second: {Rows / 6}";

    [Theory]
    [InlineData(SourceKind.PostgreSql)]
    [InlineData(SourceKind.MySql, Traits = ["Speed", "Slow"])]
    public async Task An_extract_goes_on_when_the_server_is_back_within_the_retries(SourceKind kind)
    {
        await using var server = MortalServer.Of(kind);
        var visits = await LiveVisits.CreateAsync(await server.CreateAsync(), Rows);
        using var project = visits.CreateProject(Throttle);
        using var extract = Cli.Start(project.Folder, "extract", "--date", LiveVisits.First, "--quiet");
        await project.UntilWritingAsync(extract);

        await server.CrashAsync();
        Assert.False(extract.HasExited, "The extract was done before the server went.");
        await server.StartAsync();

        Cli.Finish(extract).Done();
        project.Unthrottle();
        await visits.AssertLoadedAsync(project);
    }

    [Theory, Trait("Speed", "Slow")]
    [InlineData(SourceKind.PostgreSql)]
    [InlineData(SourceKind.MySql)]
    public async Task A_server_that_stays_away_is_told_and_the_next_run_goes_on(SourceKind kind)
    {
        await using var server = MortalServer.Of(kind);
        var visits = await LiveVisits.CreateAsync(await server.CreateAsync(), Rows);
        using var project = visits.CreateProject(Throttle);
        using var extract = Cli.Start(project.Folder, "extract", "--date", LiveVisits.First, "--quiet");
        await project.UntilWritingAsync(extract);

        await server.CrashAsync();

        Cli.Finish(extract).Fails(1, "ource 'app'", "server runs");
        Assert.Empty(project.Tables());
        Assert.NotEqual(0, project.KeptParts());
        await server.StartAsync();
        project.Unthrottle();
        project.Run("extract", "--date", LiveVisits.First).Done();
        await visits.AssertLoadedAsync(project);
    }
}
