using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>An OLTP database that rows are read from. Opened for one task, used by one thread at a time.</summary>
public interface ISource : IAsyncDisposable
{
    /// <summary>The database's own clock.</summary>
    Task<DateTimeOffset> ReadClockAsync(CancellationToken cancellationToken = default);

    /// <summary>The names of its tables, in order.</summary>
    Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken = default);

    /// <summary>The columns of a table, with the types they get in the lake.</summary>
    /// <exception cref="PipelineException">There is no such table, or a column's type cannot be mapped.</exception>
    Task<TableSchema> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default);

    /// <summary>Reads all rows, a page at a time, each page by a statement of its own.</summary>
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
