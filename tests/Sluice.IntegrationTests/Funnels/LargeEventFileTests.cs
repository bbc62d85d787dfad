using System.Text.Json;

namespace Sluice.IntegrationTests.Funnels;

/// <summary><c>sluice funnel --events</c> over as many values, and as many events of one user, as may come.</summary>
public sealed class LargeEventFileTests : IDisposable
{
    private const int Million = 1_000_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-events-");

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_breakdown_by_a_million_values_shows_the_largest_and_sums_up_the_others()
    {
        // One user of each value, and 12, 11, ... more of some. Every second user goes on, with no value at that step.
        var values = Enumerable
            .Range(0, Million)
            .Concat(Enumerable.Range(0, 12).SelectMany(top => Enumerable.Repeat(ValueOf(top), 12 - top)))
            .ToArray();
        using (var file = new StreamWriter(Csv))
        {
            file.WriteLine("user_id,event,time,x");
            for (var user = 0; user < values.Length; user++)
            {
                file.WriteLine($"u{user},a,{user % 1000},v{values[user]}");
            }

            for (var user = 0; user < values.Length; user += 2)
            {
                file.WriteLine($"u{user},b,{2000 + (user % 1000)},");
            }
        }

        var plain = Ask("--window", "1h");
        var answer = Ask("--window", "1h", "--by", "x", "--limit", "10");
        var segments = answer.GetProperty("segments").EnumerateArray().ToList();
        var other = answer.GetProperty("other");

        Assert.Equal([values.Length, (values.Length + 1) / 2], Counts(plain));
        Assert.Equal(Counts(plain), Counts(answer));
        Assert.Equal(
            Enumerable
                .Range(0, 10)
                .Select(ValueOf)
                .Select(value => $"v{value} {string.Join(' ', Expected(values, value))}")
                .Order(StringComparer.Ordinal),
            segments.Select(segment =>
                $"{segment.GetProperty("key").GetProperty("x").GetString()} {string.Join(' ', Counts(segment))}"
            )
        );
        Assert.Equal(Million - 10, Number(other, "segments"));
        Assert.Equal(
            Counts(plain),
            Enumerable.Range(0, 2).Select(step => segments.Append(other).Sum(part => Counts(part)[step]))
        );
        Assert.Equal(2000, Median(other));
    }

    [Fact]
    public void A_million_events_of_one_user_are_one_user()
    {
        using (var file = new StreamWriter(Csv))
        {
            file.WriteLine("user_id,event,time,x");
            for (var at = 0; at < Million; at++)
            {
                file.WriteLine($"u,{"axbx"[at % 4]},{at},{at % 4}");
            }
        }

        var one = Ask("--window", "2s");
        var every = Ask("--window", "2s", "--entry", "every");

        Assert.Equal([1, 1], Counts(one));
        Assert.Equal([Million / 4, Million / 4], Counts(every));
        Assert.All([one, every], answer => Assert.Equal(2, Median(answer)));
        Assert.All(
            [one, every],
            answer =>
                Assert.Equal(
                    (Million, 1),
                    (
                        Number(answer.GetProperty("provenance"), "rows"),
                        Number(answer.GetProperty("provenance"), "units")
                    )
                )
        );
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Csv => Path.Combine(_folder.FullName, "events.csv");

    // Neither the first ones in the file nor the first ones in order.
    private static int ValueOf(int top) => (top * 77_777) + 123;

    private static int[] Expected(int[] values, int value) =>
        [values.Count(other => other == value), values.Where((other, user) => other == value && user % 2 == 0).Count()];

    private JsonElement Ask(params string[] options)
    {
        using var json = JsonDocument.Parse(
            Cli.Run(
                    _folder.FullName,
                    ["funnel", "--events", "events.csv", "--steps", "a,b", "--format", "json", .. options]
                )
                .Done()
                .Output
        );
        return json.RootElement.Clone();
    }

    private static int[] Counts(JsonElement of) =>
        [.. of.GetProperty("steps").EnumerateArray().Select(step => Number(step, "count"))];

    private static double Median(JsonElement of) =>
        of.GetProperty("time_to_convert_seconds").GetProperty("median").GetDouble();

    private static int Number(JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
