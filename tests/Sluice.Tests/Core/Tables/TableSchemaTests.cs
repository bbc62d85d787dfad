using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Tables;

public sealed class TableSchemaTests
{
    [Theory]
    [InlineData("id long, id long")]
    [InlineData("id long, name string, ID string")]
    public void Two_columns_of_one_name_are_refused(string columns) =>
        Assert.Throws<ArgumentException>(() => SchemaText.Parse(columns));

    [Fact]
    public void Columns_are_found_without_regard_to_case()
    {
        var schema = SchemaText.Parse("Id long, Name string");

        Assert.Equal(new Column("Id", ColumnKind.Long), schema.Find("ID"));
        Assert.Null(schema.Find("other"));
    }

    [Theory]
    [InlineData("id long, name string", true)]
    [InlineData("name string, id long", false)]
    [InlineData("id integer, name string", false)]
    [InlineData("ID long, name string", false)]
    [InlineData("id long", false)]
    [InlineData("id long, name string, more date", false)]
    public void The_same_are_the_same_columns_in_the_same_order(string other, bool expected) =>
        Assert.Equal(expected, SchemaText.Parse("id long, name string").SameAs(SchemaText.Parse(other)));
}
