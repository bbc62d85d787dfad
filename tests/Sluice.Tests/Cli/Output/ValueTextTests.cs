using System.Collections;
using System.Numerics;
using Sluice.Cli.Output;

namespace Sluice.Tests.Cli.Output;

public sealed class ValueTextTests
{
    public static TheoryData<object?, string> Values =>
        new()
        {
            { null, "" },
            { DBNull.Value, "" },
            { "a\nb", "a\nb" },
            { true, "true" },
            { false, "false" },
            { -5L, "-5" },
            { ulong.MaxValue, "18446744073709551615" },
            { BigInteger.Pow(10, 30), "1000000000000000000000000000000" },
            { 0.1, "0.1" },
            { 1e300, "1E+300" },
            { -0.0, "-0" },
            { double.NaN, "NaN" },
            { 0.1f, "0.1" },
            { 12.50m, "12.50" },
            { new DateOnly(2015, 5, 1), "2015-05-01" },
            { new TimeOnly(1, 2, 3), "01:02:03" },
            { new TimeOnly(1, 2, 3, 4, 5), "01:02:03.004005" },
            { new DateTime(2015, 5, 1, 1, 2, 3), "2015-05-01 01:02:03" },
            { new DateTime(2015, 5, 1).AddTicks(10), "2015-05-01 00:00:00.000001" },
            { new DateTimeOffset(2015, 5, 1, 1, 2, 3, TimeSpan.FromHours(2)), "2015-04-30T23:02:03Z" },
            { new DateTimeOffset(2015, 5, 1, 0, 0, 0, 500, TimeSpan.Zero), "2015-05-01T00:00:00.5Z" },
            { new byte[] { 0, 255 }, "00ff" },
            { new MemoryStream([1, 2]), "0102" },
            {
                new List<object?> { 1, null, "x" },
                "[1, , x]"
            },
            {
                new Hashtable { ["a"] = 1.5 },
                "{a: 1.5}"
            },
            { Guid.Empty, "00000000-0000-0000-0000-000000000000" },
        };

    [Theory(DisableDiscoveryEnumeration = true), MemberData(nameof(Values))]
    public void A_value_has_one_text_on_every_machine(object? value, string expected) =>
        Assert.Equal(expected, ValueText.Of(value));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1234567, "1,234,567")]
    [InlineData(-1000, "-1,000")]
    public void Counts_have_separators(long value, string expected) => Assert.Equal(expected, ValueText.Count(value));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1_000, "1.0 kB")]
    [InlineData(1_500_000, "1.5 MB")]
    [InlineData(2_000_000_000, "2.0 GB")]
    [InlineData(1_234_000_000_000, "1234.0 GB")]
    public void Sizes_have_a_unit(long bytes, string expected) => Assert.Equal(expected, ValueText.Bytes(bytes));

    [Theory]
    [InlineData(0.123, "0.12 s")]
    [InlineData(10, "10 s")]
    [InlineData(120, "2 min")]
    [InlineData(7_200, "2 h")]
    [InlineData(172_800, "2 d")]
    public void Spans_have_their_largest_unit(double seconds, string expected) =>
        Assert.Equal(expected, ValueText.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(999_999, "1.0 MB")]
    [InlineData(999_999_999, "1.0 GB")]
    public void A_size_that_rounds_up_gets_the_next_unit(long bytes, string expected) =>
        Assert.Equal(expected, ValueText.Bytes(bytes));
}
