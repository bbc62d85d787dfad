using Sluice.Core.Extraction.Throttling;
using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Extraction.Throttling;

public sealed class PageSizeTests
{
    private readonly PageSize _pages = new(new ThrottleTuning());

    [Theory]
    [InlineData(20_000)]
    [InlineData(300_000)]
    [InlineData(900_000)]
    public void A_page_takes_about_as_long_as_it_may(double rowsPerSecond)
    {
        Read(rowsPerSecond, 20);

        Assert.InRange(_pages.Rows(null) / rowsPerSecond, 0.005, 0.020);
    }

    [Fact]
    public void A_slower_table_gets_shorter_pages_at_once()
    {
        Read(900_000, 20);
        Read(20_000, 2);

        Assert.InRange(_pages.Rows(null) / 20_000.0, 0.005, 0.200);
        Read(20_000, 3);
        Assert.InRange(_pages.Rows(null) / 20_000.0, 0.005, 0.030);
    }

    [Fact]
    public void Strain_shortens_pages_and_calm_lengthens_them()
    {
        Read(500_000, 20);
        var before = _pages.Rows(null);

        _pages.Shorten();
        Read(500_000, 1);
        Assert.True(_pages.Rows(null) < before);

        for (var i = 0; i < 50; i++)
        {
            _pages.Lengthen();
            _pages.Shorten();
            _pages.Lengthen();
            Read(500_000, 1);
            Assert.InRange(_pages.Rows(null) / 500_000.0, 0.0049, 0.0201);
        }
    }

    [Fact]
    public void A_small_rate_gives_small_pages()
    {
        Read(900_000, 20);

        Assert.Equal(50, _pages.Rows(100));
        Assert.Equal(1, _pages.Rows(1));
    }

    [Fact]
    public void A_page_is_never_more_than_a_page()
    {
        Read(1e9, 50);

        Assert.Equal(RowPage.MaxRows, _pages.Rows(null));
    }

    private void Read(double rowsPerSecond, int pages)
    {
        for (var i = 0; i < pages; i++)
        {
            var rows = _pages.Rows(null);
            _pages.Learn(rows, rows, rows * 100L, TimeSpan.FromSeconds(rows / rowsPerSecond));
        }
    }
}
