using System.Runtime.InteropServices;
using Sluice.Core;

namespace Sluice.Lake.Files;

/// <summary>Publishes a file in one step, if no file of that name is there: the only way in which Sluice makes anything visible.</summary>
/// <remarks>
/// On Unix the finished file gets its name by <c>link(2)</c>, which fails if the name is taken. .NET's own <c>File.Move</c>
/// looks first and then calls <c>rename(2)</c>, which replaces: of two writers both would believe they had won.
/// </remarks>
internal static partial class AtomicFile
{
    private const int FileExists = 17; // EEXIST, on Linux and macOS

    /// <summary>Creates <paramref name="path"/> with the content, durably, unless it exists.</summary>
    /// <param name="path">The public name.</param>
    /// <param name="content">All of it.</param>
    /// <param name="staging">A private folder on the same file system, for the unfinished file.</param>
    /// <param name="cancellationToken">Stops before the publication.</param>
    /// <returns>False when the name was taken; nothing was written then.</returns>
    /// <exception cref="PipelineException">The file system cannot do it, is full or refuses.</exception>
    public static async Task<bool> TryCreateAsync(
        string path,
        ReadOnlyMemory<byte> content,
        string staging,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var temporary = await WriteAsideAsync(content, staging, cancellationToken);
            if (!TryPublish(temporary, path))
            {
                return false;
            }
        }
        catch (IOException failure)
        {
            throw StorageFault.Of(failure, path);
        }

        try
        {
            DurableFolder.Sync(Path.GetDirectoryName(path)!);
            return true;
        }
        catch (IOException failure)
        {
            throw new PublishedNotSyncedException(path, failure);
        }
    }

    /// <summary>Puts the content in place of what <paramref name="path"/> has, or creates it: a reader sees the one or the other.</summary>
    /// <remarks>Only for what may be overwritten by anyone at any time: of two writers the last one wins, and nobody is told.</remarks>
    public static async Task ReplaceAsync(
        string path,
        ReadOnlyMemory<byte> content,
        string staging,
        CancellationToken cancellationToken
    )
    {
        try
        {
            File.Move(await WriteAsideAsync(content, staging, cancellationToken), path, overwrite: true);
            DurableFolder.Sync(Path.GetDirectoryName(path)!);
        }
        catch (IOException failure)
        {
            throw StorageFault.Of(failure, path);
        }
    }

    private static async Task<string> WriteAsideAsync(
        ReadOnlyMemory<byte> content,
        string staging,
        CancellationToken cancellationToken
    )
    {
        var temporary = Path.Combine(staging, $"{Guid.NewGuid():N}.tmp");
        await using var file = new FileStream(
            temporary,
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None,
            bufferSize: 0
        );
        await file.WriteAsync(content, cancellationToken);
        file.Flush(flushToDisk: true);
        return temporary;
    }

    /// <summary>Gives the finished file its public name, unless the name is taken. The temporary name may stay.</summary>
    internal static bool TryPublish(string temporary, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return TryMoveOnWindows(temporary, path);
        }

        if (Link(temporary, path) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == FileExists
            ? false
            : throw new PipelineException($"Could not create '{path}': {Marshal.GetPInvokeErrorMessage(error)}.")
            {
                Hint =
                    "The lake needs a file system with hard links: a local disk or NFS, not FAT or a mounted object store.",
            };
    }

    // MoveFileEx without MOVEFILE_REPLACE_EXISTING fails when the name is taken, and .NET passes no such flag.
    private static bool TryMoveOnWindows(string temporary, string path)
    {
        try
        {
#pragma warning disable RS0030 // The ban is about Unix, see above.
            File.Move(temporary, path);
#pragma warning restore RS0030
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Link(string existing, string created);
}
