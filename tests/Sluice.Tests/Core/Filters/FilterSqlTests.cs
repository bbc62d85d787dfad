using Sluice.Core;
using Sluice.Core.Filters;
using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Filters;

public sealed class FilterSqlTests
{
    private static readonly TableSchema Schema = new([
        new("amount", ColumnKind.Long),
        new("price", ColumnType.Decimal(10, 2)),
        new("page", ColumnKind.String),
        new("paid", ColumnKind.Boolean),
        new("day", ColumnKind.Date),
        new("occurred_at", ColumnKind.Timestamp),
        new("properties", ColumnKind.String),
    ]);

    [Fact]
    public void Filters_are_rendered()
    {
        string[] filters =
        [
            "amount > 0",
            "0 < amount",
            "price = 0.1 and paid = true",
            "page = 'it''s' or page like '/blog/%'",
            "page in ('a', 'b', 1)",
            "amount not in (1, 2, 2.5)",
            "occurred_at >= '2015-01-02'",
            "day < '2015-01-02' and day <> '2015-01-02T12:00+01:00'",
            "day < occurred_at",
            "amount = '5'",
            "channel = 'mail'",
            "\"a~/'b\" > 5",
            "big = 9007199254740993",
            "not channel is null",
            "\"0\" is null",
            "amount < total",
        ];

        Golden.Match(
            "sql/filters.sql",
            string.Concat(
                filters.Select(filter =>
                    $"-- {filter}\n{FilterSql.Render(FilterText.Parse(filter), new(Schema, "properties", "e"))}\n"
                )
            )
        );
    }

    [Fact]
    public void A_name_that_means_nothing_is_refused_with_the_nearest()
    {
        var refusal = Assert.Throws<DefinitionException>(() =>
            FilterSql.Render(FilterText.Parse("paid = true and Amount > 0"), new(Schema))
        );

        Assert.Contains("'Amount'", refusal.Problem, StringComparison.Ordinal);
        Assert.Equal("Did you mean 'amount'?", refusal.Hint);
    }

    [Theory]
    [InlineData("propertys")]
    [InlineData("amount")]
    public void Properties_stand_in_a_text_column(string column) =>
        Assert.Contains(
            $"'{column}'",
            Assert.Throws<DefinitionException>(() => new FilterColumns(Schema, column)).Problem,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_name_is_a_column_before_it_is_a_key()
    {
        var row = new Dictionary<string, object?> { ["amount"] = 5, ["properties"] = """{"amount": 7, "Amount": 9}""" };
        var values = new FilterColumns(Schema, "properties").ValuesOf(name => row[name]);

        Assert.True(FilterText.Parse("amount = 5 and \"Amount\" = 9 and other is null").Evaluate(values));
        Assert.Throws<DefinitionException>(() => new FilterColumns(Schema).ValuesOf(name => row[name])("other"));
    }
}
