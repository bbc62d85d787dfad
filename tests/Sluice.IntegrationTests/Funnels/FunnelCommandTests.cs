using System.Text.Json;

namespace Sluice.IntegrationTests.Funnels;

/// <summary><c>sluice funnel</c> over a file of events, with no project around it.</summary>
public sealed class FunnelCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-events-").FullName;

    public FunnelCommandTests()
    {
        File.WriteAllText(
            Path.Combine(_folder, "events.csv"),
            """
            user_id,event,time,amount,product
            u1,a,0,5,x
            u1,b,10,2,x
            u2,a,0.5,,y
            u2,refund,3,,
            u2,b,4,7,y
            ,a,1,1,x
            u3,b,1,,
            u3,a,2,3,
            u4,a,100,9,z

            """
        );
        File.WriteAllText(
            Path.Combine(_folder, "checkout.yaml"),
            """
            steps: [a, {event: b, where: "amount > 1", name: Bought}]
            window: 1m
            exclude: [{event: refund, after: 1, before: 2}]
            by: [product]
            """
        );
    }

    [Fact]
    public void A_definition_is_answered_from_a_file()
    {
        using var json = JsonDocument.Parse(
            Run("--events", "events.csv", "--definition", "checkout.yaml", "--format", "json").Done().Output
        );
        var answer = json.RootElement;

        Assert.Equal([3, 1], Counts(answer));
        Assert.Equal("Bought", answer.GetProperty("steps")[1].GetProperty("name").GetString());
        Assert.Equal((1, 1), (Number(answer, "excluded"), Number(answer, "dropped_null_units")));
        Assert.Equal(
            ["x 1 1", "z 1 0", " 1 0"],
            answer
                .GetProperty("segments")
                .EnumerateArray()
                .Select(segment =>
                    $"{segment.GetProperty("key").GetProperty("product")} {string.Join(' ', Counts(segment))}"
                )
        );
    }

    [Fact]
    public void Options_alone_make_a_funnel() =>
        Assert.Equal([4, 2], Answer("--steps", "a,b", "--window", "7d").Select(count => count));

    [Theory]
    [InlineData("strict", new[] { 4, 1 })]
    [InlineData("unordered", new[] { 4, 3 })]
    [InlineData("open", new[] { 4, 3 })]
    public void Every_order_is_answered(string order, int[] counts) =>
        Assert.Equal(counts, Answer("--steps", "a,b", "--order", order));

    [Fact]
    public void Ranges_are_days_of_the_zone() =>
        Assert.Equal(
            [0, 0],
            Answer("--steps", "a,b", "--timezone", "Europe/Berlin", "--from", "1970-01-02", "--to", "1970-01-03")
        );

    [Fact]
    public void People_of_a_step_are_listed()
    {
        Assert.Equal(
            ["u1", "u2"],
            Run("--events", "events.csv", "--steps", "a,b", "--users", "b", "--format", "csv")
                .Done()
                .Lines.Skip(1)
                .Select(line => line.Split(',')[0])
        );
        Assert.Equal(
            ["u3", "u4"],
            Run("--events", "events.csv", "--steps", "a,b", "--users", "2", "--dropped", "--format", "csv")
                .Done()
                .Lines.Skip(1)
                .Select(line => line.Split(',')[0])
        );
    }

    [Fact]
    public void Why_names_the_use_of_each_event_and_its_rule()
    {
        var lines = Run("--events", "events.csv", "--definition", "checkout.yaml", "--why", "u2", "--format", "csv")
            .Done()
            .Lines;

        Assert.Equal(["ignored", "excluded", "ignored"], lines.Skip(1).Select(line => line.Split(',')[2]));
        Run("--events", "events.csv", "--steps", "a,b", "--why", "nobody").Fails(2, "nobody", "no events");
    }

    [Fact]
    public void Explain_says_what_answers_and_why() =>
        Assert.Contains(
            "A file has no index.",
            Run("--events", "events.csv", "--steps", "a,b", "--explain").Done().Output,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_page_stands_alone()
    {
        var page = Run("--events", "events.csv", "--steps", "a,b", "--format", "html").Done().Output;

        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "http",
            page.Replace("http://www.w3.org", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_event_that_never_occurs_is_counted_as_0_and_said_with_the_nearest()
    {
        var result = Run("--events", "events.csv", "--steps", "a,refnd").Done();

        Assert.Contains("There is no event 'refnd'. Did you mean 'refund'?", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_stands_beside_csv() =>
        Assert.Contains(
            "Did you mean 'refund'?",
            Run("--events", "events.csv", "--steps", "a,refnd", "--format", "csv").Done().Error,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_definition_with_tables_of_its_own_reads_no_file()
    {
        File.WriteAllText(Path.Combine(_folder, "tables.yaml"), "events: {a: t1, b: t2}\nsteps: [a, b]\n");

        Run("--events", "events.csv", "--definition", "tables.yaml").Fails(2, "tables of its own", "--events");
    }

    [Fact]
    public void A_definition_that_contains_itself_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder, "endless.yaml"), "steps: &x [a, *x]\n");

        Run("--events", "events.csv", "--definition", "endless.yaml").Fails(2, "endless.yaml:1", "contains itself");
    }

    [Theory]
    [InlineData("1000d")]
    [InlineData("10675199d2h48m5s477ms")]
    public void A_window_beyond_the_data_leaves_everybody_time(string window)
    {
        using var json = JsonDocument.Parse(
            Run("--events", "events.csv", "--steps", "a,b", "--window", window, "--min-sample", "1", "--format", "json")
                .Done()
                .Output
        );
        var answer = json.RootElement;

        Assert.Equal([4, 2], Counts(answer));
        Assert.Equal([4, 2], answer.GetProperty("steps").EnumerateArray().Select(step => Number(step, "immature")));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("estimate").ValueKind);
    }

    [Theory]
    [InlineData("two steps", "--steps", "a")]
    [InlineData("at most 10675199d", "--steps", "a,b", "--window", "10675200d")]
    [InlineData("longer than zero", "--steps", "a,b", "--window", "0s")]
    [InlineData("Did you mean 'product'?", "--steps", "a,b", "--by", "prodct")]
    [InlineData("Did you mean 'strict'?", "--steps", "a,b", "--order", "strct")]
    [InlineData("no range inside the funnel", "--steps", "a,b", "--exclude", "refund:2:1")]
    [InlineData("also an event of step 1", "--steps", "a,b", "--exclude", "a")]
    [InlineData("There is no time zone", "--steps", "a,b", "--timezone", "Europe/Brlin")]
    public void What_is_wrong_is_said(string words, params string[] arguments) =>
        Run(["--events", "events.csv", .. arguments]).Fails(2, words);

    [Fact]
    public void A_hundred_steps_are_counted()
    {
        var steps = string.Join(',', Enumerable.Repeat("a|b", 100));

        Assert.Equal(100, Answer("--steps", steps).Count);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IReadOnlyList<int> Answer(params string[] arguments)
    {
        using var json = JsonDocument.Parse(
            Run(["--events", "events.csv", .. arguments, "--format", "json"]).Done().Output
        );
        return Counts(json.RootElement);
    }

    private CliResult Run(params string[] arguments) => Cli.Run(_folder, ["funnel", .. arguments]);

    private static IReadOnlyList<int> Counts(JsonElement of) =>
        [.. of.GetProperty("steps").EnumerateArray().Select(step => Number(step, "count"))];

    private static int Number(JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
