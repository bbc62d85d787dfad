using System.Globalization;
using Sluice.Core;
using Sluice.Core.Models.Freshness;
using Sluice.Core.Tables;

namespace Sluice.IntegrationTests.Models;

public sealed class FreshnessTests : IDisposable
{
    private static readonly TableId Events = TableId.Raw("app", "events");
    private readonly ModelLab _lab = new();

    [Theory]
    [InlineData("2015-05-01T12:00:00Z", FreshnessStatus.Pass)]
    [InlineData("2015-05-01T12:00:00.000001Z", FreshnessStatus.Warn)]
    [InlineData("2015-05-02T10:00:00Z", FreshnessStatus.Warn)]
    [InlineData("2015-05-02T10:00:00.000001Z", FreshnessStatus.Error)]
    public async Task The_newest_row_of_all_copies_may_be_as_old_as_its_limits_say(string now, FreshnessStatus status)
    {
        await _lab.LoadAsync(1, "select timestamptz '2015-05-01 10:00:00+00' as at union all select null");
        await _lab.LoadAsync(2, "select timestamptz '2015-04-01 10:00:00+00' as at");

        var result = await CheckAsync(new("at", TimeSpan.FromHours(2), TimeSpan.FromDays(1), null), now);

        Assert.Equal(status, result.Status);
        Assert.Equal(At(now) - At("2015-05-01T10:00:00Z"), result.Age);
    }

    [Fact]
    public async Task A_limit_that_is_not_set_is_never_reached()
    {
        await _lab.LoadAsync(1, "select date '2015-05-01' as at");

        Assert.Equal(FreshnessStatus.Warn, (await CheckAsync(new("at", TimeSpan.FromDays(1), null, null))).Status);
        Assert.Equal(FreshnessStatus.Pass, (await CheckAsync(new("at", null, null, null))).Status);
    }

    [Fact]
    public async Task A_filter_and_an_expression_are_those_of_the_engine()
    {
        await _lab.LoadAsync(1, "select 1430474400 as seen, 'page' as event union all select 1430560800, 'other'");

        var result = await CheckAsync(
            new("to_timestamp(seen)", null, TimeSpan.FromDays(1), "event = 'page' -- only these"),
            "2015-05-02T10:00:00Z"
        );

        Assert.Equal((TimeSpan.FromDays(1), FreshnessStatus.Pass), (result.Age, result.Status));
    }

    [Fact]
    public async Task A_table_without_rows_or_that_was_never_loaded_is_too_old()
    {
        SourceFreshness limits = new("at", null, TimeSpan.FromDays(1), null);
        Assert.Equal(FreshnessStatus.Error, (await CheckAsync(limits)).Status);

        await _lab.LoadAsync(1, "select date '2015-05-01' as at where false");

        var result = await CheckAsync(limits);
        Assert.Equal((null, FreshnessStatus.Error), (result.Age, result.Status));
    }

    [Fact]
    public async Task A_wrong_column_is_an_error_that_names_what_is_wrong()
    {
        await _lab.LoadAsync(1, "select date '2015-05-01' as at");

        var failure = await Assert.ThrowsAsync<PipelineException>(() => CheckAsync(new("loaded", null, null, null)));

        Assert.Contains("loaded_at_field: loaded", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_shows_each_table_and_fails_where_one_is_too_old()
    {
        using var project = SluiceProject.Of(
            "create table t (id integer primary key, at timestamp not null); insert into t values (1, '2015-05-01T10:00:00Z')",
            "t: {key: id}"
        );
        project.Run("extract", "--date", SluiceProject.Day).Done();
        project.Run("sources", "freshness").Fails(2, "No raw table says how fresh it must be", "loaded_at_field");

        Declare("warn_after: {count: 1, period: day}, error_after: {count: 1000000, period: day}");
        Assert.Contains("warn", project.Run("sources", "freshness", "app.t").Done().Output, StringComparison.Ordinal);
        project.Run("sources", "freshness", "ap").Fails(2, "'ap'", "app");

        Declare("error_after: {count: 1, period: minute}");
        var result = project.Run("sources", "freshness", "--format", "csv");
        Assert.Equal(1, result.Exit);
        Assert.Contains("app.t,2015-05-01T10:00:00Z,", result.Output, StringComparison.Ordinal);
        Assert.Contains(",error,,60", result.Output, StringComparison.Ordinal);

        void Declare(string freshness) =>
            project.Write(
                "models/sources.yml",
                $$"""
                sources:
                  - name: app
                    tables:
                      - name: t
                        loaded_at_field: at
                        freshness: { {{freshness}} }
                """
            );
    }

    public void Dispose() => _lab.Dispose();

    private Task<FreshnessResult> CheckAsync(SourceFreshness limits, string now = "2015-05-02T10:00:00Z") =>
        new FreshnessCheck(_lab.Ports.Store, _lab.Ports.Engine, new FixedClock(At(now))).RunAsync(Events, limits);

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
