using Sluice.Cli.Demo;

namespace Sluice.Tests.Cli.Demo;

public sealed class EcommerceCellsTests
{
    [Fact]
    public void Totals_are_those_of_the_original_tables()
    {
        var totals = Enumerable
            .Range(FunnelStep.Home, FunnelStep.Last)
            .Select(step => EcommerceCells.All.Sum(cell => cell.Count(step)));

        Assert.Equal(32, EcommerceCells.All.Count);
        Assert.Equal([90_400L, 81_360, 72_320, 45_200, 6_030, 452], totals);
    }

    [Fact]
    public void Cells_are_those_of_the_original_file()
    {
        var path = Path.Combine(Repository.EcommerceData, "cells.csv");
        Assert.SkipUnless(File.Exists(path), "The original data set is not beside the checkout.");

        var ours = EcommerceCells.All.Select(cell =>
            $"{cell.Sex},{cell.Channel},{cell.Month},{cell.Device},{cell.Users}," + string.Join(',', cell.Counts)
        );

        Assert.Equal(File.ReadLines(path).Skip(1), ours);
    }
}
