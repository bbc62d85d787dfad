using Sluice.Core;
using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Tables;

public sealed class SchemaChangeTests
{
    [Theory]
    [InlineData(null, "id long", "id long", "", "")]
    [InlineData("id long", "id long", "id long", "", "")]
    [InlineData("id long", "id long, sex string", "id long, sex string", "sex string", "")]
    [InlineData("id long, sex string", "id long", "id long, sex string", "", "sex string")]
    [InlineData(
        "id long, sex string",
        "b date, id long, a date",
        "id long, sex string, b date, a date",
        "b date, a date",
        "sex string"
    )]
    [InlineData("id long, sex string", "sex string, id long", "id long, sex string", "", "")]
    [InlineData("id long", "ID long", "id long", "", "")]
    public void New_columns_come_last_and_old_ones_stay(
        string? current,
        string incoming,
        string merged,
        string added,
        string missing
    )
    {
        var change = Between(current, incoming);

        Assert.Equal(
            (merged, added, missing),
            (SchemaText.Print(change.Merged.Columns), SchemaText.Print(change.Added), SchemaText.Print(change.Missing))
        );
    }

    [Theory]
    [InlineData("id long", "id string")]
    [InlineData("id long", "id integer")]
    [InlineData("id integer", "ID long")]
    [InlineData("id decimal(10,2)", "id decimal(12,2)")]
    public void A_column_that_changed_its_type_stops_and_is_named(string current, string incoming)
    {
        var failure = Assert.Throws<PipelineException>(() => Between(current, incoming));

        Assert.Contains("raw/app/users", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'id'", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(current[3..], failure.Hint!, StringComparison.Ordinal);
    }

    private static SchemaChange Between(string? current, string incoming) =>
        SchemaChange.Between(
            TableId.Raw("app", "users"),
            current is null ? null : SchemaText.Parse(current),
            SchemaText.Parse(incoming)
        );
}
