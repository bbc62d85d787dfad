namespace Sluice.DuckDb;

/// <summary>
/// Where a statement that writes nothing puts what its memory does not hold: a temporary folder with a lock beside it, which
/// lives as long as its process. Whoever comes next removes what dead processes left.
/// </summary>
internal sealed class SpillFolder : IDisposable
{
    private const string Prefix = "sluice-spill-";
    private const string LockSuffix = ".lock";

    private readonly FileStream? _lock;

    private SpillFolder(string path, FileStream? held) => (Path, _lock) = (path, held);

    /// <summary>Absolute path; the engine makes the folder when it needs it.</summary>
    public string Path { get; }

    public static SpillFolder Create()
    {
        var root = System.IO.Path.GetTempPath();
        Sweep(root);
        return Of(System.IO.Path.Combine(root, $"{Prefix}{Guid.NewGuid():N}"), FileMode.CreateNew);
    }

    /// <summary>Removes the folder with all that is in it.</summary>
    public void Dispose()
    {
        if (_lock is null)
        {
            return;
        }

        try
        {
            if (Directory.Exists(Path))
            {
                Directory.Delete(Path, recursive: true);
            }

            // The lock goes last: without it nobody would find the folder. Windows deletes no open file.
            _lock.Dispose();
            File.Delete(_lock.Name);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _lock.Dispose();
        }
    }

    private static void Sweep(string root)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(root, $"{Prefix}*{LockSuffix}"))
            {
                Of(file[..^LockSuffix.Length], FileMode.Open).Dispose();
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A statement that needs no disk goes on without; to one that does, the engine says what is wrong.
        }
    }

    // Without a lock where another process holds it, where it is another user's, and where nothing can be written.
    private static SpillFolder Of(string path, FileMode mode)
    {
        try
        {
            return new(
                path,
                new FileStream(path + LockSuffix, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0)
            );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new(path, held: null);
        }
    }
}
