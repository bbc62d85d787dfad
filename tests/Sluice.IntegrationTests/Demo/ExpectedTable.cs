using System.Globalization;
using System.Text.Json;
using Sluice.Cli.Demo;

namespace Sluice.IntegrationTests.Demo;

/// <summary>The three tables that the sample's shop is known for, and what <c>sluice funnel</c> says of them.</summary>
internal static class ExpectedTable
{
    /// <summary>The counts of both steps and the drop-off per segment, as <c>--format json</c> gives them.</summary>
    public static Dictionary<string, Row> Answer(this SluiceProject project, string funnel)
    {
        using var json = JsonDocument.Parse(project.Run("funnel", funnel, "--format", "json").Done().Output);
        return json
            .RootElement.GetProperty("segments")
            .EnumerateArray()
            .ToDictionary(
                segment =>
                    string.Join(
                        '|',
                        segment.GetProperty("key").EnumerateObject().Select(value => value.Value.ToString())
                    ),
                segment =>
                {
                    var steps = segment.GetProperty("steps");
                    return new Row(
                        steps[0].GetProperty("count").GetInt64(),
                        steps[1].GetProperty("count").GetInt64(),
                        steps[1].GetProperty("drop_off").GetDouble()
                    );
                }
            );
    }

    /// <summary>The same from <c>--format csv</c>.</summary>
    public static Dictionary<string, Row> CsvAnswer(this SluiceProject project, string funnel)
    {
        var lines = project.Run("funnel", funnel, "--format", "csv").Done().Lines;
        var names = lines[0].Split(',').ToList();
        var by = names.IndexOf("step");
        return lines
            .Skip(1)
            .Select(line => line.Split(','))
            .Where(cells => cells[names.IndexOf("part")] == "segment")
            .GroupBy(cells => string.Join('|', cells.Take(by)))
            .ToDictionary(
                segment => segment.Key,
                segment =>
                {
                    var steps = segment.ToDictionary(cells => cells[by]);
                    return new Row(
                        long.Parse(steps["1"][names.IndexOf("count")], CultureInfo.InvariantCulture),
                        long.Parse(steps["2"][names.IndexOf("count")], CultureInfo.InvariantCulture),
                        double.Parse(steps["2"][names.IndexOf("drop_off")], CultureInfo.InvariantCulture)
                    );
                }
            );
    }

    /// <summary>The same from a query that gives a segment and its two counts.</summary>
    public static Dictionary<string, Row> Segments(this SluiceProject project, string sql) =>
        project
            .Query(sql)
            .Select(row => row.Split(','))
            .ToDictionary(
                cells => cells[0],
                cells =>
                {
                    var (from, to) = (
                        long.Parse(cells[1], CultureInfo.InvariantCulture),
                        long.Parse(cells[2], CultureInfo.InvariantCulture)
                    );
                    return new Row(from, to, 1 - ((double)to / from));
                }
            );

    /// <summary>What the sample's own figures say: the counts per cell, summed up.</summary>
    public static Dictionary<string, Row> OfCells(string funnel)
    {
        var (step, byMonth) = funnel switch
        {
            "step6_visits" => (5, true),
            "payment_to_confirmation" => (5, false),
            _ => (4, true),
        };
        return EcommerceCells
            .All.GroupBy(cell => $"{cell.Sex}|{cell.Channel}" + (byMonth ? $"|{cell.Month}" : ""))
            .ToDictionary(
                group => group.Key,
                group =>
                {
                    var (from, to) = (group.Sum(cell => cell.Count(step)), group.Sum(cell => cell.Count(step + 1)));
                    return new Row(from, to, 1 - ((double)to / from));
                }
            );
    }

    public static void AssertSame(IReadOnlyDictionary<string, Row> expected, IReadOnlyDictionary<string, Row> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (segment, row) in expected)
        {
            Assert.Equal((row.From, row.To), (actual[segment].From, actual[segment].To));
            Assert.Equal(row.DropOff, actual[segment].DropOff, 1e-11);
        }
    }

    internal sealed record Row(long From, long To, double DropOff);
}
