namespace Sluice.Core.Extraction;

/// <summary>
/// One session with an OLTP database that rows are read from, read-only and with its guards set. Used by one caller at a time;
/// several sessions read several ranges.
/// </summary>
public interface ISource : IAsyncDisposable
{
    /// <summary>Computes checksums of rows; null where the database cannot.</summary>
    IRangeDigests? Digests => null;

    /// <summary>The database's own clock.</summary>
    Task<DateTimeOffset> ReadClockAsync(CancellationToken cancellationToken = default);

    /// <summary>Its tables and views, in order of their names.</summary>
    Task<IReadOnlyList<SourceListing>> ListTablesAsync(CancellationToken cancellationToken = default);

    /// <summary>What the database declares of a table: columns with the types they get in the lake, keys, the way to read it.</summary>
    /// <param name="table">Which, with the types that the user gave. Columns that the user excludes are left out and not mapped.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PipelineException">There is no such table, or a column's type cannot be mapped; the message names it.</exception>
    Task<SourceShape> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default);

    /// <summary>Reads one page by one short statement of its own, outside any transaction.</summary>
    /// <param name="request">Which rows.</param>
    /// <param name="page">An empty page whose first columns are those of the request; the rest stays untouched.</param>
    /// <param name="cancellationToken">Ends the statement, also in the database.</param>
    /// <returns>Where the next page begins; null where there is none.</returns>
    /// <exception cref="PipelineException">The database failed, or a value does not fit its column; the message names the column and the row.</exception>
    Task<SourceBound?> ReadPageAsync(
        PageRequest request,
        Tables.RowPage page,
        CancellationToken cancellationToken = default
    );

    /// <summary>The bound that begins at a value of a cursor: an id, or an instant in microseconds since the epoch.</summary>
    /// <param name="cursor">A column of integers, dates or timestamps.</param>
    /// <param name="value">The value.</param>
    SourceBound BoundAt(SourceColumn cursor, long value);

    /// <summary>The greatest value of an integer cursor; null where the table has none.</summary>
    Task<long?> ReadGreatestAsync(
        SourceShape shape,
        SourceColumn cursor,
        CancellationToken cancellationToken = default
    );

    /// <summary>Cuts a range into parts of about the same size, without reading it; fewer parts where that cannot be told.</summary>
    /// <param name="request">The whole range.</param>
    /// <param name="parts">How many are wanted.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The inner bounds, ascending; inclusive lower bounds of the parts after the first.</returns>
    Task<IReadOnlyList<SourceBound>> SplitAsync(
        PageRequest request,
        int parts,
        CancellationToken cancellationToken = default
    );

    /// <summary>What the database tells of its own load; members it does not tell are null.</summary>
    Task<SourceLoad> ReadLoadAsync(CancellationToken cancellationToken = default);

    /// <summary>Runs a statement of the user's that gives one number, as the throttle's query does.</summary>
    /// <exception cref="PipelineException">The statement fails or gives something else.</exception>
    Task<double> ReadNumberAsync(string sql, CancellationToken cancellationToken = default);

    /// <summary>The rights that the session lacks to read the tables, each as the statement that would grant it; empty where it lacks none.</summary>
    Task<IReadOnlyList<string>> FindMissingRightsAsync(
        IReadOnlyList<SourceTable> tables,
        CancellationToken cancellationToken = default
    );
}
