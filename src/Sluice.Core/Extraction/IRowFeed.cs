using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>A file whose rows are read once, from its beginning to its end.</summary>
public interface IRowFeed
{
    /// <summary>The columns, with the types they get in the lake.</summary>
    Task<TableSchema> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default);

    /// <summary>Reads all rows, a page at a time.</summary>
    /// <param name="table">The table.</param>
    /// <param name="schema">What <see cref="DescribeAsync"/> said; the page has these columns first.</param>
    /// <param name="rent">Gives an empty page; the reader fills it and yields it.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    IAsyncEnumerable<RowPage> ReadAsync(
        SourceTable table,
        TableSchema schema,
        Func<CancellationToken, ValueTask<RowPage>> rent,
        CancellationToken cancellationToken = default
    );
}
