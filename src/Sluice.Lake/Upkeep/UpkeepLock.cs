using Sluice.Core;
using Sluice.Lake.Files;

namespace Sluice.Lake.Upkeep;

/// <summary>Keeps a vacuum and a restore apart: one would remove the files that the other brings back. Free as soon as its process ends.</summary>
internal static class UpkeepLock
{
    /// <summary>Takes the lock of a lake.</summary>
    /// <exception cref="PipelineException">Another process has it.</exception>
    public static IDisposable Take(LakeLayout layout)
    {
        try
        {
            DurableFolder.Create(layout.Staging);
            return StagingFolder.TryLock(Path.Combine(layout.Root, "upkeep.lock"), FileMode.OpenOrCreate)
                ?? throw new PipelineException("Another vacuum or restore is at work in this lake.")
                {
                    IsTransient = true,
                    Hint = "Run it again when that one has ended.",
                };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, layout.Root);
        }
    }
}
