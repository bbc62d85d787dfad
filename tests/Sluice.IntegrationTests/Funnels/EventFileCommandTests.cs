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

    private CliResult Run(string events, string steps, params string[] more)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "e.csv"), events);
        return Cli.Run(_folder.FullName, ["funnel", "--events", "e.csv", "--steps", steps, .. more]);
    }
}
