using Sluice.Lake.Csv;

namespace Sluice.Tests.Lake.Csv;

public sealed class CsvTypesTests
{
    [Theory]
    [InlineData("1 2 -3", "long")]
    [InlineData("0", "long")]
    [InlineData("9223372036854775807 -9223372036854775808", "long")]
    [InlineData("1 2.5", "double")]
    [InlineData("1e3", "double")]
    [InlineData("0.5", "double")]
    [InlineData("true FALSE", "boolean")]
    [InlineData("2015-05-01", "date")]
    [InlineData("2015-05-01 2015-05-01T12:00:00Z", "timestamp")]
    [InlineData("2015-05-01T12:00", "timestamp")]
    [InlineData("a", "string")]
    [InlineData("", "string")]
    [InlineData("00123 00456", "string")]
    [InlineData("00123 5 6", "long")]
    [InlineData("-007", "string")]
    [InlineData("00.5", "string")]
    [InlineData("NaN", "string")]
    [InlineData("Infinity", "string")]
    [InlineData("1e999", "string")]
    [InlineData("1,000", "string")]
    [InlineData("2015-02-30", "string")]
    [InlineData("1 2 x", "long")]
    [InlineData("1 x", "string")]
    [InlineData("1 x y", "string")]
    [InlineData("true 1", "string")]
    [InlineData("true true 1", "boolean")]
    [InlineData("2015-05-01 1", "string")]
    [InlineData("٣", "string")]
    public async Task A_column_has_the_narrowest_type_that_most_of_its_values_have(string values, string expected) =>
        Assert.Equal(expected, await TypeOfAsync(values.Split(' ')));

    [Fact]
    public async Task Empty_fields_have_no_vote() => Assert.Equal("long", await TypeOfAsync(["", "", "", "7", ""]));

    [Fact]
    public async Task Columns_are_judged_one_by_one()
    {
        using var folder = new TempFolder();
        using var rows = await CsvRows.OpenAsync(folder.Write("x.csv", "a,b,c\n1,x,2015-05-01\n2,y,\n"), default);
        var types = new CsvTypes(3);
        while (rows.Read())
        {
            types.Look(rows);
        }

        Assert.Equal(
            ["long", "string", "date"],
            Enumerable.Range(0, 3).Select(column => types.TypeOf(column).ToString())
        );
    }

    [Fact]
    public async Task It_looks_at_10000_rows()
    {
        using var folder = new TempFolder();
        var text = "a\n" + string.Concat(Enumerable.Repeat("1\n", 10_001));
        using var rows = await CsvRows.OpenAsync(folder.Write("x.csv", text), default);
        var types = new CsvTypes(1);
        var looked = 0;
        while (types.WantsMore && rows.Read())
        {
            types.Look(rows);
            looked++;
        }

        Assert.Equal(10_000, looked);
    }

    private static async Task<string> TypeOfAsync(params string[] values)
    {
        // A second column keeps an empty field from being an empty line.
        var text = "a,b\n" + string.Concat(values.Select(value => $"\"{value}\",x\n"));
        using var folder = new TempFolder();
        using var rows = await CsvRows.OpenAsync(folder.Write("x.csv", text), default);
        var types = new CsvTypes(2);
        while (rows.Read())
        {
            types.Look(rows);
        }

        return types.TypeOf(0).ToString();
    }

    [Fact]
    public async Task A_whole_number_that_is_too_long_keeps_its_digits_as_text() =>
        Assert.Equal("string", await TypeOfAsync(["12345678901234567890", "12345678901234567891"]));

    [Fact]
    public async Task A_telephone_number_keeps_its_plus_as_text() =>
        Assert.Equal("string", await TypeOfAsync(["+4930123456", "+4930123457"]));
}
