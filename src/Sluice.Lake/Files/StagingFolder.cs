using System.Security.Cryptography;
using System.Text;

namespace Sluice.Lake.Files;

/// <summary>
/// A private folder that lives as long as its process: locked while in use, and swept by the next writer after a crash. One
/// with a name and a note lives on, for whoever asks for the name next, until nobody has for a week.
/// </summary>
internal sealed class StagingFolder : IAsyncDisposable, IDisposable
{
    private const string NoteName = "note.json";
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private readonly FileStream _lock;
    private readonly bool _isNamed;

    private StagingFolder(string path, FileStream held, bool isNamed) =>
        (Path, _lock, _isNamed) = (path, held, isNamed);

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>Removes what dead processes left and opens a new folder.</summary>
    /// <param name="root">The folder of all of them.</param>
    /// <param name="name">A name under which it is found again; null, or where a living process has it, for one without.</param>
    public static StagingFolder Create(string root, string? name = null)
    {
        try
        {
            DurableFolder.Create(root);
            Sweep(root);
            if (
                name is not null
                && TryLock(System.IO.Path.Combine(root, name + ".lock"), FileMode.OpenOrCreate) is { } own
            )
            {
                var path = System.IO.Path.Combine(root, name);
                Directory.CreateDirectory(path);
                return new(path, own, isNamed: true);
            }

            while (true)
            {
                var path = System.IO.Path.Combine(root, Guid.NewGuid().ToString("N"));
                // The lock comes first: a folder without one would look like the leftover of a crash.
                if (TryLock(path + ".lock", FileMode.CreateNew) is { } held)
                {
                    Directory.CreateDirectory(path);
                    return new(path, held, isNamed: false);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, root);
        }
    }

    /// <summary>The note that was kept here; null where there is none, or the folder has moved since.</summary>
    public ReadOnlyMemory<byte>? ReadNote()
    {
        var path = System.IO.Path.Combine(Path, NoteName);
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path).AsMemory();
        var end = bytes.Span.IndexOf((byte)'\n');
        return end >= 0 && Encoding.UTF8.GetString(bytes.Span[..end]) == Path ? bytes[(end + 1)..] : null;
    }

    /// <summary>Writes the note; the files that are here now are durable before it is.</summary>
    public void Keep(ReadOnlySpan<byte> note)
    {
        if (!_isNamed)
        {
            return;
        }

        try
        {
            foreach (var file in Directory.EnumerateFiles(Path, "*.parquet"))
            {
                DurableFolder.SyncFile(file);
            }

            var path = System.IO.Path.Combine(Path, NoteName);
            using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write))
            {
                file.Write(Encoding.UTF8.GetBytes(Path + "\n"));
                file.Write(note);
                file.Flush(flushToDisk: true);
            }

            File.Move(path + ".new", path, overwrite: true);
            DurableFolder.Sync(Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, Path);
        }
    }

    /// <summary>Removes all files, the note first.</summary>
    public void Clear()
    {
        File.Delete(System.IO.Path.Combine(Path, NoteName));
        foreach (var file in Directory.EnumerateFiles(Path))
        {
            File.Delete(file);
        }
    }

    public void Dispose()
    {
        if (!File.Exists(System.IO.Path.Combine(Path, NoteName)))
        {
            Directory.Delete(Path, recursive: true);
            File.Delete(_lock.Name);
        }

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
                var folder = name[..^".lock".Length];
                var note = System.IO.Path.Combine(folder, NoteName);
                if (
                    File.Exists(note)
                    && TimeProvider.System.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(note) < KeptFor
                )
                {
                    continue;
                }

                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }

                File.Delete(name);
            }
        }
    }

    /// <summary>Whether some living process has a folder here.</summary>
    public static bool IsAnyHeld(string root)
    {
        foreach (var name in Directory.Exists(root) ? Directory.EnumerateFiles(root, "*.lock") : [])
        {
            using var own = TryLock(name, FileMode.Open);
            if (own is null && File.Exists(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the lock that a file is; null where a living process has it, or where there is none and none may be made.</summary>
    internal static FileStream? TryLock(string path, FileMode mode)
    {
        while (true)
        {
            FileStream held;
            try
            {
                held = new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (FileNotFoundException)
            {
                return null;
            }
            catch (IOException failure) when (IsHeld(failure))
            {
                return null;
            }

            if (IsNamed(held))
            {
                return held;
            }

            held.Dispose();
            if (mode == FileMode.CreateNew)
            {
                return null;
            }
        }
    }

    // Whoever had the file before may have deleted it between our opening it and locking it: then it locks nothing, and the next
    // one to come makes another. A time that nobody else would write tells the two apart.
    private static bool IsNamed(FileStream held)
    {
        var mark = DateTime.UnixEpoch.AddSeconds(2 * RandomNumberGenerator.GetInt32(1, int.MaxValue / 2));
        File.SetLastWriteTimeUtc(held.SafeFileHandle, mark);
        return File.GetLastWriteTimeUtc(held.Name) == mark;
    }

    // EWOULDBLOCK from flock on Unix, a sharing violation on Windows, or a name that was just taken.
    private static bool IsHeld(IOException failure) =>
        failure.Message.Contains("being used by another process", StringComparison.Ordinal);
}
