using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Tables;

public sealed class ColumnTypeTests
{
    public static TheoryData<string> Names =>
        [
            "boolean",
            "byte",
            "short",
            "integer",
            "long",
            "float",
            "double",
            "string",
            "binary",
            "date",
            "timestamp",
            "decimal(1,0)",
            "decimal(10,2)",
            "decimal(38,38)",
        ];

    [Theory, MemberData(nameof(Names))]
    public void What_is_printed_is_read_again(string name)
    {
        Assert.True(ColumnType.TryParse(name, out var type));
        Assert.Equal(name, type.ToString());
    }

    [Fact]
    public void Every_kind_has_a_name_that_is_read_again() =>
        Assert.All(
            Enum.GetValues<ColumnKind>(),
            kind =>
            {
                var type = kind == ColumnKind.Decimal ? ColumnType.Decimal(18, 4) : kind;
                Assert.True(ColumnType.TryParse(type.ToString(), out var read));
                Assert.Equal(type, read);
            }
        );

    [Theory]
    [InlineData("")]
    [InlineData("int")]
    [InlineData("varchar")]
    [InlineData("4")]
    [InlineData("-1")]
    [InlineData("decimal")]
    [InlineData("decimal()")]
    [InlineData("decimal(10)")]
    [InlineData("decimal(0,0)")]
    [InlineData("decimal(39,0)")]
    [InlineData("decimal(10,11)")]
    [InlineData("decimal(10,-1)")]
    [InlineData("decimal(10,2")]
    [InlineData("decimal(1,2,3)")]
    [InlineData("decimal(99999999999,2)")]
    [InlineData("struct")]
    [InlineData("timestamp_ntz")]
    public void What_is_no_primitive_of_delta_is_refused(string name) => Assert.False(ColumnType.TryParse(name, out _));

    [Fact]
    public void Decimals_differ_by_precision_and_scale()
    {
        Assert.NotEqual(ColumnType.Decimal(10, 2), ColumnType.Decimal(10, 3));
        Assert.NotEqual(ColumnType.Decimal(10, 2), ColumnType.Decimal(11, 2));
        Assert.Equal(ColumnType.Decimal(10, 2), ColumnType.Decimal(10, 2));
    }

    [Theory]
    [InlineData("byte,short")]
    [InlineData("long, string")]
    [InlineData(" long")]
    public void A_list_or_a_padded_name_is_no_type(string name) => Assert.False(ColumnType.TryParse(name, out _));
}
