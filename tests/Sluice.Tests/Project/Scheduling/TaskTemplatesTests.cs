using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Time;
using Sluice.Project.Scheduling;

namespace Sluice.Tests.Project.Scheduling;

public sealed class TaskTemplatesTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("no template", "no template")]
    [InlineData("{{ ds }}", "2026-03-29")]
    [InlineData("{{ds_nodash}}", "20260329")]
    [InlineData("{{ data_interval_start }}", "2026-03-28T23:00:00+00:00")]
    [InlineData("{{ data_interval_start.isoformat() }}", "2026-03-28T23:00:00+00:00")]
    [InlineData("{{ data_interval_end }}", "2026-03-29T22:00:00+00:00")]
    [InlineData("{{ logical_date }}", "2026-03-28T23:00:00+00:00")]
    [InlineData("{{ run_id }}", "scheduled__2026-03-28T23:00:00+00:00")]
    [InlineData("{{ params.country }}/{{ params['city'] }}", "CH/Bern")]
    [InlineData("{{ env.HOME_OF }}", "/home")]
    [InlineData("{{ env_var('HOME_OF') }}", "/home")]
    [InlineData("{{ env_var('NOTHING', 'else') }}", "else")]
    [InlineData("{% if params.country == 'CH' %}yes{% endif %}", "yes")]
    [InlineData("echo '{\"a\": {}}' {{ '{{' }}", "echo '{\"a\": {}}' {{")]
    public void A_text_is_rendered_for_a_run(string text, string expected) => Assert.Equal(expected, Render(text));

    [Theory]
    [InlineData(
        "{{ env.NOTHING }}",
        "the environment has no variable 'NOTHING'.",
        "Set it, or write env_var('NOTHING', 'a default')."
    )]
    [InlineData("{{ params.x }}", "'params.x' is not known.", "There are: city, country.")]
    public void What_is_not_there_for_this_run_is_told(string text, string problem, string hint)
    {
        var told = Assert.Throws<DefinitionException>(() => Render(text));

        Assert.Equal(($"The template '{text}' fails: {problem}", hint), (told.Problem, told.Hint));
    }

    private static string Render(string text)
    {
        var dag = new DagDefinition("a", [])
        {
            Params = new Dictionary<string, string> { ["country"] = "DE", ["city"] = "Bern" },
        };
        var run = new DagRun("a", DataInterval.OfDay(new(2026, 3, 29), Berlin), RunKind.Scheduled)
        {
            Since = DateTimeOffset.UnixEpoch,
            Params = new Dictionary<string, string> { ["country"] = "CH" },
        };
        return TaskTemplates.Render(text, run, dag, name => name == "HOME_OF" ? "/home" : null);
    }
}
