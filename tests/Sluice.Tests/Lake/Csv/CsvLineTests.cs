using Sluice.Lake.Csv;

namespace Sluice.Tests.Lake.Csv;

public sealed class CsvLineTests
{
    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", 1, 2)]
    [InlineData("a,b\n1,2\n3,4\n", 2, 3)]
    [InlineData("a,b\r\n1,2\r\n3,4", 2, 3)]
    [InlineData("a,b\n\"1\n1\n1\",2\n3,4\n", 1, 2)]
    [InlineData("a,b\n\"1\n1\n1\",2\n3,4\n", 2, 5)]
    [InlineData("a,b\n\"say \"\"hi\"\"\n\",2\n3,4\n", 2, 4)]
    [InlineData("\"a\nb\",c\n1,2\n", 1, 3)]
    [InlineData("a,b\n1,x\"y\n2,3,4\n", 2, 3)]
    [InlineData("a,b\n1,x\"\"y\n2,3,4\n", 2, 3)]
    [InlineData("a,b\n\"\",2\n\"\"\"x\",3\n5,6\n", 3, 4)]
    public void A_row_begins_on_a_line_though_quoted_fields_span_several(string text, int row, int line)
    {
        using var folder = new TempFolder();

        Assert.Equal(line, CsvLine.Of(folder.Write("x.csv", text), ',', row));
    }

    [Theory]
    [InlineData("a,b\n\n1,2\n", 2, 3)]
    [InlineData("a,b\n1,2\n\n\n3,4\n", 4, 5)]
    public void An_empty_line_counts_as_a_row(string text, int row, int line)
    {
        using var folder = new TempFolder();

        Assert.Equal(line, CsvLine.Of(folder.Write("x.csv", text), ',', row));
    }
}
