using Sluice.Core.Tables;
using Sluice.Lake.Delta;
using Sluice.Tests.Core.Tables;

namespace Sluice.Tests.Lake.Delta;

public sealed class DeltaStatisticsTests
{
    [Fact]
    public void Integers_and_dates_have_bounds_and_nothing_else_has() =>
        Assert.Equal(
            """{"numRecords":7,"minValues":{"id":-3,"day":"1969-12-31"},"maxValues":{"id":9,"day":"2015-05-01"},"nullCount":{"id":1,"day":2,"at":3,"name":4}}""",
            Write(
                "id long, day date, at timestamp, name string",
                ("id", new(1, -3, 9)),
                ("day", new(2, -1, 16_556)),
                ("at", new(3, 5, 6)),
                ("name", new(4, null, null))
            )
        );

    [Fact]
    public void Bounds_that_are_not_known_are_left_out() =>
        Assert.Equal(
            """{"numRecords":7,"minValues":{},"maxValues":{},"nullCount":{"id":7}}""",
            Write("id long, other long", ("id", new(7, null, null)))
        );

    [Fact]
    public void What_is_written_is_read_again()
    {
        var (rows, _, max) = DeltaStatistics.Read(
            Write(
                "id long, _seq long, day date",
                ("id", new(0, 1, long.MaxValue)),
                ("_seq", new(0, 1, 7)),
                ("day", new(0, 1, 2))
            )
        );

        Assert.Equal(7, rows);
        Assert.Equal([new("_seq", 7), new("id", long.MaxValue)], max.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null, -1)]
    [InlineData("{}", -1)]
    [InlineData("""{"numRecords":5}""", 5)]
    [InlineData("""{"numRecords":5,"maxValues":{"f":1.5,"s":"x","n":{"inner":1}}}""", 5)]
    public void Statistics_of_another_writer_are_read_as_far_as_they_go(string? stats, long rows)
    {
        var read = DeltaStatistics.Read(stats);

        Assert.Equal(rows, read.Rows);
        Assert.Empty(read.Max);
    }

    private static string Write(string columns, params (string Name, ColumnStatistics Value)[] statistics) =>
        DeltaStatistics.Write(
            new()
            {
                Path = "x",
                Bytes = 1,
                Rows = 7,
                Statistics = statistics.ToDictionary(item => item.Name, item => item.Value),
            },
            SchemaText.Parse(columns)
        );

    [Fact]
    public void Broken_statistics_are_a_damaged_log_and_not_a_fault_of_ours() =>
        Assert.Throws<Sluice.Core.PipelineException>(() => DeltaStatistics.Read("{\"numRecords\":"));
}
