using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Tables;

public sealed class RowPageTests
{
    [Fact]
    public void It_has_a_buffer_per_column_in_the_schemas_order()
    {
        var page = new RowPage(SchemaText.Parse("id long, name string, seen date"));

        Assert.Equal(["id", "name", "seen"], page.Columns.Select(column => column.Column.Name));
        Assert.Equal((0, false), (page.Rows, page.IsFull));
    }

    [Fact]
    public void It_is_full_at_its_greatest_number_of_rows()
    {
        var page = new RowPage(SchemaText.Parse("id long"));
        for (var row = 0; row < RowPage.MaxRows; row++)
        {
            Assert.False(page.IsFull);
            page.Columns[0].AppendNull();
        }

        Assert.Equal((RowPage.MaxRows, true), (page.Rows, page.IsFull));
    }

    [Fact]
    public void Wide_rows_make_short_pages()
    {
        var page = new RowPage(SchemaText.Parse("text string, more string"));
        var wide = new byte[RowPage.MaxBytes / 4];
        for (var row = 0; row < 2; row++)
        {
            Assert.False(page.IsFull);
            foreach (var column in page.Columns.Cast<BytesColumnBuffer>())
            {
                column.Append(wide);
            }
        }

        Assert.True(page.IsFull);
    }

    [Fact]
    public void A_cleared_page_is_like_new()
    {
        var page = new RowPage(SchemaText.Parse("text string, id long"));
        ((BytesColumnBuffer)page.Columns[0]).Append("old"u8);
        page.Columns[1].AppendNull();

        page.Clear();
        ((BytesColumnBuffer)page.Columns[0]).Append("new"u8);
        ((FixedColumnBuffer<long>)page.Columns[1]).Append(5);

        Assert.Equal(1, page.Rows);
        Assert.Equal("new"u8.ToArray(), ((BytesColumnBuffer)page.Columns[0]).Data.ToArray());
        Assert.Equal([(short)1], page.Columns[1].Levels.ToArray());
        Assert.Equal(0, page.Columns[1].Nulls);
    }
}
