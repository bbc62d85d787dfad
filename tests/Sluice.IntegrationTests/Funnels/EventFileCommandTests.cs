namespace Sluice.IntegrationTests.Funnels;

/// <summary><c>sluice funnel --events</c> over small files that are odd, but not wrong.</summary>
public sealed class EventFileCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_without_times_answers_an_open_funnel_and_no_other_question()
    {
        const string Events = "user_id,event\n1,a\n1,b\n2,a\n";

        Assert.Equal(
            ["2", "1"],
            Run(Events, "a,b", "--order", "open", "--format", "csv")
                .Done()
                .Lines.Skip(1)
                .Take(2)
                .Select(line => line.Split(',')[2])
        );
        Run(Events, "a,b").Fails(2, "no column 'time'");
        Run(Events, "a,b", "--order", "open", "--from", "2015-01-01").Fails(2, "no column 'time'");
        Run(Events, "a,b", "--order", "open", "--trend", "day").Fails(2, "no column 'time'");
    }

    [Fact]
    public void A_question_mark_that_belongs_to_the_name_is_told_from_an_optional_step() =>
        Assert.Contains(
            "There is 'b?': in --steps the ? makes a step optional",
            Run("user_id,event,time\n1,a,1\n1,b?,2\n", "a,b?").Done().Output,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_trend_a_comparison_and_times_are_printed()
    {
        const string Events =
            "user_id,event,time\n1,a,2015-01-01T10:00:00Z\n1,b,2015-01-01T11:00:00Z\n2,a,2015-01-02T10:00:00Z\n3,a,2015-01-02T12:00:00Z\n3,b,2015-01-02T12:30:00Z\n";

        var trend = Run(Events, "a,b", "--trend", "day", "--format", "csv").Done().Lines;
        Assert.Equal(
            ["2015-01-01: 1", "2015-01-02: 2"],
            trend
                .Select(line => line.Split(','))
                .Where(cells => cells[0] == "1" && cells[^1].StartsWith("2015", StringComparison.Ordinal))
                .Select(cells => $"{cells[^1]}: {cells[2]}")
        );

        var compared = Run(Events, "a,b", "--from", "2015-01-02", "--to", "2015-01-03", "--compare").Done().Output;
        Assert.Contains("before: 2015-01-01 to 2015-01-01; now: 2015-01-02", compared, StringComparison.Ordinal);

        var times = Run(Events, "a,b", "--bins", "2").Done().Output;
        Assert.Matches(@"(?s)30m +45m +1 .*45m +1h +1 ", times);
    }

    private CliResult Run(string events, string steps, params string[] more)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "e.csv"), events);
        return Cli.Run(_folder.FullName, ["funnel", "--events", "e.csv", "--steps", steps, .. more]);
    }
}
