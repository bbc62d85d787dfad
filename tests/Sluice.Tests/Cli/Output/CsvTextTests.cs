using CsCheck;
using Sluice.Cli.Output;
using Sylvan.Data.Csv;

namespace Sluice.Tests.Cli.Output;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("a|b", "a,b\n")]
    [InlineData("|x", ",x\n")]
    [InlineData("a,b|c", "\"a,b\",c\n")]
    [InlineData("say \"hi\"|c", "\"say \"\"hi\"\"\",c\n")]
    [InlineData("a\nb|c\rd", "\"a\nb\",\"c\rd\"\n")]
    [InlineData(" a | b", " a , b\n")]
    public void Fields_are_quoted_where_they_must_be(string fields, string expected) =>
        Assert.Equal(expected, Line(fields.Split('|')));

    [Fact]
    public void Any_fields_are_read_again_by_another_reader() =>
        Gen.Char["ab,\"\n\r ;\t|é😀"]
            .Array[0, 8]
            .Select(letters => new string(letters))
            .Array[2, 5]
            .Sample(
                fields =>
                {
                    var options = new CsvDataReaderOptions { HasHeaders = false, Delimiter = ',' };
                    using var rows = CsvDataReader.Create(new StringReader(Line(fields)), options);

                    Assert.True(rows.Read());
                    Assert.Equal(fields, Enumerable.Range(0, rows.RowFieldCount).Select(rows.GetString));
                },
                iter: 5_000
            );

    private static string Line(IEnumerable<string> fields)
    {
        using var output = new StringWriter();
        CsvText.WriteLine(output, fields);
        return output.ToString();
    }

    [Fact]
    public void A_line_of_one_empty_field_is_not_an_empty_line() => Assert.Equal("\"\"\n", Line([""]));
}
