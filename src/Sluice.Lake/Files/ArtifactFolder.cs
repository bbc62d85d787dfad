namespace Sluice.Lake.Files;

/// <summary>A folder of documents that each run writes anew: <c>target</c>. A reader sees the old one or the new one.</summary>
/// <param name="folder">Absolute path; it is created when something is written.</param>
public sealed class ArtifactFolder(string folder)
{
    /// <summary>Absolute path.</summary>
    public string Path => folder;

    /// <summary>Puts a document in the place of the one that is there.</summary>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="Sluice.Core.PipelineException">The disk is full, or refuses.</exception>
    public async Task<string> WriteAsync(
        string name,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken = default
    )
    {
        var path = System.IO.Path.Combine(folder, name);
        try
        {
            DurableFolder.Create(folder);
            // Beside it: only within one file system a file takes another's place in one step.
            await AtomicFile.ReplaceAsync(path, content, folder, cancellationToken);
            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, path);
        }
    }

    /// <summary>A document; null where there is none.</summary>
    /// <exception cref="Sluice.Core.PipelineException">It cannot be read.</exception>
    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken = default)
    {
        var path = System.IO.Path.Combine(folder, name);
        try
        {
            return File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, path);
        }
    }
}
