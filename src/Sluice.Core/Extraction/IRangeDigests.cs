namespace Sluice.Core.Extraction;

/// <summary>What a source can do that computes checksums of its rows itself, so that they need not be read. Belongs to a session.</summary>
/// <remarks>
/// A row's checksum is the MD5, in UTF-8, of its columns one after the other: <c>~</c> for null; for <see cref="DigestForm.Text"/>
/// the number of its characters, a colon and the text; for other forms the text and a comma.
/// </remarks>
public interface IRangeDigests
{
    /// <summary>How the source writes a column in a checksum; null where it cannot.</summary>
    /// <param name="shape">The table; described by this session.</param>
    /// <param name="column">The column, with the type it has in the lake.</param>
    DigestForm? FormOf(SourceShape shape, SourceColumn column);

    /// <summary>Reads the checksum of a page by one short statement of its own.</summary>
    /// <param name="request">Which rows; in the order of one integer column.</param>
    /// <param name="cancellationToken">Ends the statement, also in the database.</param>
    Task<RangeDigest> ReadAsync(PageRequest request, CancellationToken cancellationToken = default);
}
