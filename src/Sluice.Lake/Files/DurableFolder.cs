using System.Runtime.InteropServices;

namespace Sluice.Lake.Files;

/// <summary>Makes names durable: a new file survives a power cut only when its folder is synced too.</summary>
internal static partial class DurableFolder
{
    private const int ReadOnly = 0;

    /// <summary>Syncs the folder's entries. Windows journals them itself.</summary>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"Could not open the folder '{folder}': {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        try
        {
            if (Fsync(descriptor) != 0)
            {
                throw new IOException($"Could not sync the folder '{folder}': {Marshal.GetLastPInvokeErrorMessage()}.");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Creates a folder and makes it durable, with those above it that are new.</summary>
    public static void Create(string folder)
    {
        var missing = new Stack<string>();
        for (var at = folder; !Directory.Exists(at); at = Path.GetDirectoryName(at)!)
        {
            missing.Push(at);
        }

        foreach (var made in missing)
        {
            Directory.CreateDirectory(made);
            Sync(Path.GetDirectoryName(made)!);
        }
    }

    /// <summary>Syncs a finished file that another library wrote.</summary>
    public static void SyncFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        file.Flush(flushToDisk: true);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
