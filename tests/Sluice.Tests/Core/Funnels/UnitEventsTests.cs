using System.Data;
using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Core.Sql;

namespace Sluice.Tests.Core.Funnels;

public sealed class UnitEventsTests
{
    private static readonly DateTime Noon = new(2015, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Rows_of_one_unit_come_together()
    {
        var units = await ReadAsync(0, ["u1", "a", Noon], ["u1", "b", Noon.AddTicks(10)], ["u2", "a", Noon]);

        Assert.Equal(["u1", "u2"], units.Select(unit => unit.Name));
        Assert.Equal([new("a", 1430481600000000), new("b", 1430481600000001)], units[0].Events);
        Assert.Equal([new("a", 1430481600000000)], units[1].Events);
    }

    [Fact]
    public async Task No_rows_are_no_units() => Assert.Empty(await ReadAsync(0));

    [Fact]
    public async Task Events_of_nobody_are_a_unit_without_name()
    {
        var units = await ReadAsync(0, ["u1", "a", Noon], [null, "a", Noon], [null, "b", Noon]);

        Assert.Equal(["u1", null], units.Select(unit => unit.Name));
        Assert.Equal(2, units[1].Events.Count);
    }

    [Fact]
    public async Task A_row_without_a_time_is_marked_as_such() =>
        Assert.Equal([new("a", FunnelEvent.NoTime)], (await ReadAsync(0, ["u1", "a", null]))[0].Events);

    [Fact]
    public async Task Times_before_1970_keep_their_microseconds() =>
        Assert.Equal([new("a", -1)], (await ReadAsync(0, ["u1", "a", DateTime.UnixEpoch.AddTicks(-10)]))[0].Events);

    [Fact]
    public async Task Values_have_one_type_whichever_width_the_engine_chose()
    {
        var units = await ReadAsync(
            4,
            ["u1", "a", Noon, (short)4, new DateTime(2015, 4, 1), null, "f"],
            ["u2", "a", Noon, 4L, new DateOnly(2015, 4, 1), null, "f"]
        );

        Assert.Equal([4L, new DateOnly(2015, 4, 1), null, "f"], units[0].Values);
        Assert.Equal(units[0].Values, units[1].Values);
    }

    private static async Task<List<UnitEvents>> ReadAsync(int breakdowns, params object?[][] rows)
    {
        using var table = new DataTable();
        table.Columns.Add("unit", typeof(string));
        table.Columns.Add("event_name", typeof(string));
        table.Columns.Add("occurred", typeof(DateTime));
        for (var i = 0; i < breakdowns; i++)
        {
            table.Columns.Add($"by{i}", typeof(object));
        }

        foreach (var row in rows)
        {
            table.Rows.Add([.. row.Select(value => value ?? DBNull.Value)]);
        }

        await using var result = new SqlResult(
            table.CreateDataReader(),
            [.. Enumerable.Repeat(ResultKind.Plain, table.Columns.Count)],
            failure => new PipelineException(failure.Message),
            new MemoryStream()
        );
        var units = new List<UnitEvents>();
        await foreach (var unit in UnitEvents.ReadAsync(result, breakdowns, CancellationToken.None))
        {
            units.Add(unit);
        }

        return units;
    }
}
