using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Tables;

public sealed class TableIdTests
{
    public static TheoryData<string, string> Tables =>
        new()
        {
            { "app", "users" },
            { "app", "a/b/c" },
            { "app", "/" },
            { "app", "raw/app/users" },
            { "app", " Größe \"x\" '; drop table y" },
            { "marts", "dim_user" },
            { "marts", "a/b/c" },
            { "marts", "marts/x" },
        };

    [Theory, MemberData(nameof(Tables))]
    public void What_is_printed_is_read_again(string schema, string name)
    {
        var table = new TableId(schema, name);

        Assert.Equal(table, TableId.Parse(table.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("users")]
    [InlineData("raw")]
    [InlineData("raw/users")]
    [InlineData("lake/app/users")]
    [InlineData("RAW/app/users")]
    public void What_names_no_table_is_refused(string text) =>
        Assert.Throws<FormatException>(() => TableId.Parse(text));

    [Fact]
    public void The_raw_zone_comes_before_the_marts_and_names_are_ordered_by_code()
    {
        TableId[] ordered =
        [
            TableId.Raw("app", "Users"),
            TableId.Raw("app", "events"),
            TableId.Raw("app", "users"),
            TableId.Raw("zoo", "a"),
            TableId.Mart("a"),
            TableId.Mart("b"),
        ];

        Assert.Equal(ordered, ordered.Reverse().Order());
        Assert.True(ordered[0] < ordered[1] && ordered[5] > ordered[3]);
        Assert.True(ordered[0] <= TableId.Raw("app", "Users") && ordered[0] >= TableId.Raw("app", "Users"));
    }

    [Fact]
    public void The_zone_follows_from_the_schema()
    {
        Assert.Equal(("marts", true), (TableId.Mart("x").Zone, TableId.Mart("x").IsMart));
        Assert.Equal(("raw", false), (TableId.Raw("app", "x").Zone, TableId.Raw("app", "x").IsMart));
    }

    [Theory]
    [InlineData("marts")]
    [InlineData("marts/")]
    [InlineData("raw/app/")]
    [InlineData("raw//users")]
    public void A_table_without_a_name_is_none(string text) =>
        Assert.Throws<FormatException>(() => TableId.Parse(text));
}
