using Sluice.Core;

namespace Sluice.Lake.Files;

/// <summary>A file is visible to every reader, but its folder could not be synced: nothing of it may be taken back.</summary>
/// <param name="path">The file.</param>
/// <param name="inner">What the sync said.</param>
internal sealed class PublishedNotSyncedException(string path, Exception inner)
    : PipelineException(
        $"'{path}' is published, but could not be synced: a power cut now may lose it. {inner.Message}",
        inner
    );
