namespace Sluice.Lake.Files;

/// <summary>Publishes a folder in one step, if none of that name is there; what lies in it must be synced.</summary>
/// <remarks>
/// <c>rename(2)</c> moves a folder as a whole and refuses where the name has a folder that is not empty, so that of two
/// writers one wins.
/// </remarks>
internal static class AtomicFolder
{
    /// <summary>Gives the finished folder its public name.</summary>
    /// <param name="temporary">The folder, on the same file system.</param>
    /// <param name="path">The public name; the folder above it is there.</param>
    /// <returns>False when the name was taken; nothing changed then.</returns>
    public static bool TryPublish(string temporary, string path)
    {
        try
        {
            Directory.Move(temporary, path);
        }
        catch (IOException) when (Directory.Exists(path))
        {
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
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
}
