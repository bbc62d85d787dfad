namespace Sluice.Lake.Files;

/// <summary>A private folder that lives as long as its process: locked while in use, and swept by the next writer after a crash.</summary>
internal sealed class StagingFolder : IAsyncDisposable, IDisposable
{
    private readonly FileStream _lock;

    private StagingFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>Removes what dead processes left and opens a new folder.</summary>
    public static StagingFolder Create(string root)
    {
        try
        {
            DurableFolder.Create(root);
            Sweep(root);
            while (true)
            {
                var path = System.IO.Path.Combine(root, Guid.NewGuid().ToString("N"));
                // The lock comes first: a folder without one would look like the leftover of a crash.
                if (TryLock(path + ".lock", FileMode.CreateNew) is { } held)
                {
                    Directory.CreateDirectory(path);
                    return new(path, held);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, root);
        }
    }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        File.Delete(_lock.Name);
        _lock.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Sweep(string root)
    {
        foreach (var name in Directory.EnumerateFiles(root, "*.lock"))
        {
            if (TryLock(name, FileMode.Open) is not { } held)
            {
                continue;
            }

            using (held)
            {
                var folder = System.IO.Path.ChangeExtension(name, null);
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }

                File.Delete(name);
            }
        }
    }

    private static FileStream? TryLock(string path, FileMode mode)
    {
        try
        {
            return new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException failure) when (IsHeld(failure))
        {
            return null;
        }
    }

    // EWOULDBLOCK from flock on Unix, a sharing violation on Windows, or a name that was just taken.
    private static bool IsHeld(IOException failure) =>
        failure.Message.Contains("being used by another process", StringComparison.Ordinal);
}
