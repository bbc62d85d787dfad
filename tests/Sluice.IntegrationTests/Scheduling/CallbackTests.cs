using Sluice.Cli.Scheduling;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Time;
using static Sluice.IntegrationTests.Scheduling.UserDags;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary>Who is told of a run that failed, where some of them cannot be.</summary>
public sealed class CallbackTests : IDisposable
{
    private static readonly DagDefinition Dag = new("d", [])
    {
        Params = new Dictionary<string, string> { ["alerts"] = "localhost:18999/hook", ["root"] = "/hook" },
    };

    private static readonly DagRun Run = new("d", DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc), RunKind.Manual)
    {
        Since = DateTimeOffset.UnixEpoch,
    };

    private readonly TempFolder _folder = new();
    private readonly List<string> _notes = [];

    [Theory]
    [InlineData("{{ params.alerts }}", "is no URL")]
    [InlineData("{{ params.root }}", "is no URL")]
    [InlineData("http://[", "is no URL")]
    [InlineData("http://127.0.0.1:1/", "failed: ")]
    [InlineData("{{ env.NO_SUCH_VARIABLE }}", "NO_SUCH_VARIABLE")]
    public async Task One_that_cannot_be_called_is_told_and_the_next_is_called(string url, string why)
    {
        await SendAsync(new Callback.Webhook(url), new Callback.Command("echo $SLUICE_DAG_ID > told"));

        Assert.Equal("d\n", File.ReadAllText(Path.Combine(_folder.Path, "told")));
        var note = Assert.Single(_notes);
        Assert.Contains(url, note, StringComparison.Ordinal);
        Assert.Contains(why, note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_too_long_is_told_and_the_next_is_called()
    {
        await SendAsync(
            new Callback.Command($": {new string('a', 200_000)}"),
            new Callback.Command("printf %s \"$SLUICE_REASON\" > told")
        );

        Assert.Equal(new string('€', 40_000), File.ReadAllText(Path.Combine(_folder.Path, "told")));
        Assert.Contains("cannot be started", Assert.Single(_notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_does_not_end_delays_a_stop_by_the_grace_at_most()
    {
        using var project = ProjectWith(
            """
            d:
              schedule: none
              on_failure: { command: "echo x > called; exec sleep 3600" }
              tasks:
                broken: { shell: "exit 1" }
            """
        );
        Trigger(project, "d");
        using var scheduler = RunningScheduler.Start(project, "--grace", "1s");
        scheduler.Until("d 2015-05-01 failed");
        Assert.True(
            SpinWait.SpinUntil(() => File.Exists(Path.Combine(project.Folder, "called")), TimeSpan.FromMinutes(1))
        );
        var end = scheduler.Stop().Done().Output;

        Assert.Contains("its grace is over", end, StringComparison.Ordinal);
        Assert.Contains(" stopped", end, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task SendAsync(params Callback[] callbacks) =>
        new CallbackSender(_folder.Path, _notes.Add).SendAsync(
            callbacks,
            Dag,
            Run,
            new Dictionary<string, string> { ["dag_id"] = "d", ["reason"] = new('€', 100_000) }
        );
}
