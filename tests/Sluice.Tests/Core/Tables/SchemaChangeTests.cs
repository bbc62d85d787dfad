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
    [InlineData("id byte", "id short")]
    [InlineData("id byte", "id long")]
    [InlineData("id short", "id integer")]
    [InlineData("id integer", "id long")]
    [InlineData("id float", "id double")]
    [InlineData("id decimal(10,2)", "id decimal(12,2)")]
    [InlineData("id decimal(18,2)", "id decimal(38,2)")]
    public void A_column_may_become_wider(string current, string incoming)
    {
        var change = Between($"{current}, name string", $"a date, {incoming}");

        Assert.Equal($"{incoming}, name string, a date", SchemaText.Print(change.Merged.Columns));
        Assert.Equal(
            $"{current.Replace("id ", "id (", StringComparison.Ordinal)} to {incoming[3..]})",
            Assert.Single(change.Widened).ToString()
        );
    }

    [Theory]
    [InlineData("id long", "id string")]
    [InlineData("id long", "id integer")]
    [InlineData("id long", "id double")]
    [InlineData("id integer", "id decimal(20,0)")]
    [InlineData("id double", "id float")]
    [InlineData("id decimal(12,2)", "id decimal(10,2)")]
    [InlineData("id decimal(10,2)", "id decimal(12,3)")]
    [InlineData("id date", "id timestamp")]
    [InlineData("id boolean", "id byte")]
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
