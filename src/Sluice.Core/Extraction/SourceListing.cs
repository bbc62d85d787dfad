namespace Sluice.Core.Extraction;

/// <summary>A table or view of a source.</summary>
/// <param name="Name">Its name, with its schema where that is not the session's own.</param>
/// <param name="EstimatedRows">Its rows as the database estimates them; null where it does not.</param>
/// <param name="IsView">Whether it is a view.</param>
public sealed record SourceListing(string Name, long? EstimatedRows, bool IsView = false);
