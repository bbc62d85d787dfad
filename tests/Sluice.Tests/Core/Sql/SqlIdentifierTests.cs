using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Sql;

public sealed class SqlIdentifierTests
{
    [Theory]
    [InlineData("users", "\"users\"")]
    [InlineData("", "\"\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("\"; drop table x; --", "\"\"\"; drop table x; --\"")]
    [InlineData("Größe (m²)", "\"Größe (m²)\"")]
    public void A_name_is_quoted(string name, string expected) => Assert.Equal(expected, SqlIdentifier.Quote(name));

    [Theory]
    [InlineData("users", "`users`")]
    [InlineData("a`b\"c", "`a``b\"c`")]
    public void A_name_is_quoted_for_spark(string name, string expected) =>
        Assert.Equal(expected, SqlIdentifier.Backtick(name));

    [Theory]
    [InlineData("it's", "'it''s'")]
    [InlineData("''", "''''''")]
    [InlineData("a\\", "'a\\'")]
    public void A_text_is_quoted(string text, string expected) => Assert.Equal(expected, SqlIdentifier.Literal(text));

    [Fact]
    public void A_table_is_quoted_in_two_parts()
    {
        Assert.Equal("\"app\".\"a.b\"\"c\"", SqlIdentifier.Quote(TableId.Raw("app", "a.b\"c")));
        Assert.Equal("\"marts\".\"dim_user\"", SqlIdentifier.Quote(TableId.Mart("dim_user")));
    }
}
