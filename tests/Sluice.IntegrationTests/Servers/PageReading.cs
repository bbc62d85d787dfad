using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.IntegrationTests.Servers;

/// <summary>Reads pages of a source as lines of <see cref="PageText"/>.</summary>
internal static class PageReading
{
    /// <summary>The request for a whole table.</summary>
    public static PageRequest Of(SourceShape shape) =>
        new()
        {
            Shape = shape,
            Columns = shape.Columns,
            Order = shape.ScanOrder,
        };

    public static RowPage PageOf(PageRequest request) =>
        new(new TableSchema(request.Columns.Select(column => new Column(column.Name, column.Type))));

    /// <summary>All rows of a range.</summary>
    /// <param name="source">The source.</param>
    /// <param name="request">The range.</param>
    /// <param name="afterPage">Called after each page with its rows.</param>
    public static async Task<IReadOnlyList<string>> AllAsync(
        ISource source,
        PageRequest request,
        Action<int>? afterPage = null
    )
    {
        var rows = new List<string>();
        var page = PageOf(request);
        SourceBound? next;
        do
        {
            page.Clear();
            next = await source.ReadPageAsync(request, page, TestContext.Current.CancellationToken);
            Assert.InRange(page.Rows, 0, request.MaxRows);
            rows.AddRange(PageText.Rows(page));
            afterPage?.Invoke(page.Rows);
            request = request with { Lower = next };
        } while (next is not null);
        return rows;
    }
}
