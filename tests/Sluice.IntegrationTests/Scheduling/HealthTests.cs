using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using static Sluice.IntegrationTests.Scheduling.UserDags;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary><c>/health</c> and <c>/metrics</c> of a real scheduler.</summary>
public sealed class HealthTests : IDisposable
{
    private const string Quick = "d: { schedule: none, tasks: { t: { shell: \"true\" } } }";

    private readonly int _port = RunningScheduler.FreePort();
    private readonly HttpClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost", "localhost")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("127.0.0.1", "localhost")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    public async Task Health_and_metrics_are_served(string listen, string host)
    {
        using var project = ProjectWith(Quick);
        Trigger(project, "d");
        using var scheduler = RunningScheduler.At(project, Address(listen));
        scheduler.Until("d 2015-05-01 success");

        var (status, health) = await HealthAsync(host);
        var metrics = await _client.GetStringAsync($"http://{host}:{_port}/metrics", Token);
        scheduler.Stop().Done();

        Assert.Equal((HttpStatusCode.OK, "ok"), (status, health.GetProperty("status").GetString()));
        Assert.Contains("sluice_scheduler_runs", metrics, StringComparison.Ordinal);
        Assert.Contains("service_name=\"sluice\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_health_is_health_and_a_head_has_no_body()
    {
        using var project = ProjectWith(Quick);
        using var scheduler = RunningScheduler.At(project, Address("localhost"));

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Get, "/healthz"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Get, "/health/x"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Get, "/"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await StatusAsync(HttpMethod.Post, "/health"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "/health?verbose"));
        using var head = await _client.SendAsync(new(HttpMethod.Head, Url("localhost", "/health")), Token);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
        scheduler.Stop().Done();
    }

    [Fact]
    public async Task A_scheduler_that_cannot_renew_its_lease_is_stalled_until_it_can()
    {
        using var project = ProjectWith(Quick);
        using var scheduler = RunningScheduler.At(project, Address("localhost"), "--lease", "2s");
        await using var other = new SqliteConnection(
            $"Data Source={Path.Combine(project.State, "state.db")};Pooling=False"
        );
        await other.OpenAsync(Token);
        Execute(other, "begin immediate");

        var stalled = await UntilAsync(health => health.Status != HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, stalled.Status);
        Assert.Equal("stalled", stalled.Facts.GetProperty("status").GetString());

        Execute(other, "rollback");
        await UntilAsync(health => health.Status == HttpStatusCode.OK);
        scheduler.Stop().Done();
    }

    [Fact]
    public async Task A_dag_is_late_while_its_run_goes_on_and_after_it_failed()
    {
        var start = TimeProvider.System.GetUtcNow().AddSeconds(-58);
        using var project = ProjectWith(
            $$"""
            d:
              schedule: 1m
              start_date: {{start.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}}
              deadline: 1s
              tasks:
                t: { shell: "while ! test -e go; do sleep 0.05; done; exit 1" }
            e: { schedule: none, deadline: 1s, tasks: { t: { shell: "true" } } }
            """
        );
        using var scheduler = RunningScheduler.At(project, Address("localhost"));
        scheduler.Until(" is late");
        Assert.Equal("[\"d\"]", Late((await HealthAsync("localhost")).Facts));

        File.WriteAllText(Path.Combine(project.Folder, "go"), "");
        scheduler.Until(" failed");
        Assert.Equal("[\"d\"]", Late((await HealthAsync("localhost")).Facts));
        scheduler.Stop().Done();
    }

    public void Dispose() => _client.Dispose();

    private static string Late(JsonElement facts) => facts.GetProperty("late_dags").GetRawText();

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private string Address(string host) => string.Create(CultureInfo.InvariantCulture, $"{host}:{_port}");

    private string Url(string host, string path) => $"http://{Address(host)}{path}";

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path)
    {
        using var answer = await _client.SendAsync(new(method, Url("localhost", path)), Token);
        return answer.StatusCode;
    }

    private async Task<(HttpStatusCode Status, JsonElement Facts)> HealthAsync(string host)
    {
        using var answer = await _client.GetAsync(Url(host, "/health"), Token);
        using var facts = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return (answer.StatusCode, facts.RootElement.Clone());
    }

    private async Task<(HttpStatusCode Status, JsonElement Facts)> UntilAsync(
        Func<(HttpStatusCode Status, JsonElement Facts), bool> isSo
    )
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (await HealthAsync("localhost") is var health && isSo(health))
            {
                return health;
            }
        }
    }
}
