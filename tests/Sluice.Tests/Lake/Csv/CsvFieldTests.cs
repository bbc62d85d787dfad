using System.Globalization;
using System.Text;
using CsCheck;
using Sluice.Core.Tables;
using Sluice.Lake.Csv;

namespace Sluice.Tests.Lake.Csv;

public sealed class CsvFieldTests
{
    [Theory]
    [InlineData("12", "long", "12")]
    [InlineData("-9223372036854775808", "long", "-9223372036854775808")]
    [InlineData("1.5", "double", "1.5")]
    [InlineData("12", "double", "12")]
    [InlineData("-1e-3", "double", "-0.001")]
    [InlineData("TRUE", "boolean", "True")]
    [InlineData("false", "boolean", "False")]
    [InlineData("1970-01-02", "date", "1")]
    [InlineData("1970-01-02", "timestamp", "86400000000")]
    [InlineData("1970-01-01 00:00:00.5", "timestamp", "500000")]
    [InlineData("1970-01-01T01:00:00+01:00", "timestamp", "0")]
    [InlineData(" ä\"\n", "string", " ä\"\n")]
    [InlineData("007", "string", "007")]
    public void A_field_is_read_as_its_type(string field, string type, string expected)
    {
        var buffer = Buffer(type);

        Assert.True(CsvField.TryAppend(field, buffer));
        Assert.Equal(expected, Value(buffer));
    }

    [Theory]
    [InlineData("x", "long")]
    [InlineData(" 1", "long")]
    [InlineData("1.0", "long")]
    [InlineData("007", "long")]
    [InlineData("9223372036854775808", "long")]
    [InlineData("1,5", "double")]
    [InlineData("NaN", "double")]
    [InlineData("1e999", "double")]
    [InlineData("yes", "boolean")]
    [InlineData("1", "boolean")]
    [InlineData("2015-02-30", "date")]
    [InlineData("2015-05-01T00:00:00", "date")]
    [InlineData("noon", "timestamp")]
    [InlineData("２０１５-05-01", "date")]
    public void What_is_no_value_of_the_type_is_refused_and_adds_no_row(string field, string type)
    {
        var buffer = Buffer(type);

        Assert.False(CsvField.TryAppend(field, buffer));
        Assert.Equal(0, buffer.Rows);
    }

    [Fact]
    public void A_very_long_field_is_no_time()
    {
        Assert.False(CsvField.TryAppend(new string('1', 1_000), Buffer("timestamp")));
        Assert.False(CsvField.TryAppend(new string('1', 1_000), Buffer("date")));
    }

    [Fact]
    public void Every_number_comes_back() =>
        Gen.Select(Gen.Long, Gen.Double.Where(double.IsFinite))
            .Sample(
                (whole, number) =>
                {
                    var (integers, numbers) = (Buffer("long"), Buffer("double"));
                    return CsvField.TryAppend(whole.ToString(CultureInfo.InvariantCulture), integers)
                        && CsvField.TryAppend(number.ToString("R", CultureInfo.InvariantCulture), numbers)
                        && ((FixedColumnBuffer<long>)integers).Values[0] == whole
                        && ((FixedColumnBuffer<double>)numbers).Values[0].Equals(number);
                },
                iter: 5_000
            );

    private static ColumnBuffer Buffer(string type) =>
        ColumnBuffer.Create(
            new("c", ColumnType.TryParse(type, out var known) ? known : throw new FormatException(type))
        );

    private static string Value(ColumnBuffer buffer) =>
        buffer switch
        {
            FixedColumnBuffer<long> longs => longs.Values[0].ToString(CultureInfo.InvariantCulture),
            FixedColumnBuffer<int> days => days.Values[0].ToString(CultureInfo.InvariantCulture),
            FixedColumnBuffer<double> numbers => numbers.Values[0].ToString(CultureInfo.InvariantCulture),
            FixedColumnBuffer<bool> truths => truths.Values[0].ToString(),
            BytesColumnBuffer texts => Encoding.UTF8.GetString(texts.Data),
            _ => throw new NotSupportedException(),
        };
}
