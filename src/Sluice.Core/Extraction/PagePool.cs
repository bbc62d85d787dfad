using System.Threading.Channels;
using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>A few pages that go round between the reader of a source and the writer of a file: memory stays bounded.</summary>
internal sealed class PagePool
{
    // One is filled, one is written, one waits between them.
    private const int Pages = 3;

    private readonly Channel<RowPage> _free = Channel.CreateBounded<RowPage>(Pages);

    public PagePool(TableSchema schema)
    {
        for (var i = 0; i < Pages; i++)
        {
            _free.Writer.TryWrite(new RowPage(schema));
        }
    }

    public ValueTask<RowPage> RentAsync(CancellationToken cancellationToken) =>
        _free.Reader.ReadAsync(cancellationToken);

    public void Return(RowPage page)
    {
        page.Clear();
        _free.Writer.TryWrite(page);
    }
}
