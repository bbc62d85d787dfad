using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Reports;

namespace Sluice.Tests.Core.Reports;

public sealed class FunnelJsonTests
{
    public static TheoryData<string> Answers => [.. Cases.Keys];

    private static Dictionary<string, FunnelAnswer> Cases { get; } =
        new(StringComparer.Ordinal)
        {
            ["full"] = SampleAnswers.Full,
            ["empty"] = SampleAnswers.Empty,
            ["no numbers"] = SampleAnswers.WithoutNumbers,
            ["hostile"] = SampleAnswers.Named("\"\\</script>\u0000\n\u202E\uD800"),
            ["unordered"] = SampleAnswers.Full with
            {
                Funnel = SampleAnswers.Full.Funnel with { Order = FunnelOrder.Unordered, Window = null },
            },
        };

    [Fact]
    public void The_JSON_of_an_answer_with_everything() =>
        Golden.Match("reports/checkout.json", Json(SampleAnswers.Full));

    [Fact]
    public void The_JSON_of_an_answer_without_anything() =>
        Golden.Match("reports/empty.json", Json(SampleAnswers.Empty));

    [Theory, MemberData(nameof(Answers))]
    public void An_answer_keeps_to_the_published_schema(string name)
    {
        using var schema = Schema();
        using var answer = JsonDocument.Parse(Json(Cases[name]));
        Assert.Empty(JsonSchemaCheck.Problems(schema.RootElement, answer.RootElement));
    }

    [Theory]
    [InlineData("steps", null)]
    [InlineData("name", "1")]
    [InlineData("excluded", "-1")]
    [InlineData("excluded", "1.5")]
    [InlineData("order", "\"none\"")]
    [InlineData("from", "\"yesterday\"")]
    [InlineData("other", "{}")]
    [InlineData("before", "{}")]
    [InlineData("trend", "[{}]")]
    [InlineData("segments", "[{\"key\": {\"a\": []}, \"steps\": []}]")]
    public void An_answer_that_breaks_the_schema_is_noticed(string key, string? value)
    {
        using var schema = Schema();
        var broken = JsonNode.Parse(Json(SampleAnswers.Full))!.AsObject();
        broken.Remove(key);
        if (value is not null)
        {
            broken[key] = JsonNode.Parse(value);
        }

        using var answer = JsonDocument.Parse(broken.ToJsonString());
        Assert.NotEmpty(JsonSchemaCheck.Problems(schema.RootElement, answer.RootElement));
    }

    // UPDATE_GOLDEN adds keys and takes none away.
    [Fact]
    public void Keys_are_added_and_never_renamed()
    {
        var now = Cases.Values.SelectMany(answer => KeysOf(JsonNode.Parse(Json(answer)), "")).ToHashSet();
        var before = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "golden", "reports", "answer-keys.txt"));

        Assert.Empty(before.Except(now));
        Golden.Match(
            "reports/answer-keys.txt",
            string.Concat(now.Order(StringComparer.Ordinal).Select(key => $"{key}\n"))
        );
    }

    private static IEnumerable<string> KeysOf(JsonNode? node, string path) =>
        node switch
        {
            // The keys of these are of the funnel, and not ours.
            JsonObject when path.EndsWith(".key", StringComparison.Ordinal) || path == "provenance.tables" => [path],
            JsonObject map => map.SelectMany(pair =>
                KeysOf(pair.Value, path.Length == 0 ? pair.Key : $"{path}.{pair.Key}")
            ),
            JsonArray { Count: > 0 } list => list.SelectMany(item => KeysOf(item, path)),
            _ => [path],
        };

    [Fact]
    public void Each_value_of_a_key_has_its_own_type()
    {
        object?[] values =
        [
            "a",
            7L,
            0.1,
            true,
            new DateOnly(2015, 3, 1),
            new DateTimeOffset(2015, 3, 1, 1, 0, 0, TimeSpan.FromHours(2)),
            new DateTimeOffset(2015, 3, 1, 1, 0, 0, TimeSpan.Zero).AddTicks(10),
            null,
        ];
        var names = values.Select((_, i) => FormattableString.Invariant($"p{i}")).ToList();
        var answer = SampleAnswers.Full with
        {
            Funnel = SampleAnswers.Full.Funnel with { By = [.. names.Select(name => Breakdown.By(name))] },
            Segments = [SampleAnswers.Segment(values, [1, 1, 1, 1], times: null)],
        };
        Assert.Equal(
            """{"p0":"a","p1":7,"p2":0.1,"p3":true,"p4":"2015-03-01","p5":"2015-02-28T23:00:00Z","p6":"2015-03-01T01:00:00.000001Z","p7":null}""",
            JsonNode.Parse(Json(answer))!["segments"]![0]!["key"]!.ToJsonString()
        );
    }

    [Fact]
    public void Breakdowns_of_one_label_do_not_hide_each_other()
    {
        var answer = SampleAnswers.Full with
        {
            Funnel = SampleAnswers.Full.Funnel with
            {
                By =
                [
                    Breakdown.By("date", DatePeriod.Month),
                    Breakdown.ByEntry(DatePeriod.Month),
                    new(BreakdownOf.User, "sex"),
                    new(BreakdownOf.Event, "sex"),
                    Breakdown.By("plan"),
                ],
            },
            Segments = [SampleAnswers.Segment([1L, 2L, 3L, 4L, 5L], [1, 1, 1, 1], times: null)],
        };
        Assert.Equal(
            """{"month:date":1,"month:entry":2,"user.sex":3,"event.sex":4,"plan":5}""",
            JsonNode.Parse(Json(answer))!["segments"]![0]!["key"]!.ToJsonString()
        );
    }

    [Fact]
    public void Steps_of_an_unordered_funnel_are_how_many_of_them() =>
        Assert.Equal(
            ["any 1 of 4", "any 2 of 4", "any 3 of 4", "all 4"],
            JsonNode.Parse(Json(Cases["unordered"]))!["steps"]!
                .AsArray()
                .Select(step => step!["name"]!.GetValue<string>())
        );

    private static JsonDocument Schema() =>
        JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "docs", "schema", "funnel-answer.schema.json"))
        );

    private static string Json(FunnelAnswer answer)
    {
        using var output = new MemoryStream();
        FunnelJson.Write(answer, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
