namespace Sluice.Core.Models.Resuming;

/// <summary>Numbers of builds when a modeling run began; each null where there was none.</summary>
/// <param name="OfInterval">The newest of its interval.</param>
/// <param name="UpTo">The newest of the latest interval up to its own.</param>
/// <param name="Current">The one that readers saw.</param>
/// <param name="Newest">The newest of all.</param>
public sealed record PinnedBuilds(long? OfInterval, long? UpTo, long? Current, long? Newest);
