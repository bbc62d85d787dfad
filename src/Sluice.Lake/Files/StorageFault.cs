using Sluice.Core;

namespace Sluice.Lake.Files;

/// <summary>Says what a file system's failure means for the user.</summary>
internal static class StorageFault
{
    /// <summary>The failure in words; a full disk is told apart.</summary>
    public static PipelineException Of(Exception failure, string path) =>
        IsDiskFull(failure.Message)
            ? new PipelineException($"The disk is full: could not write '{path}'.", failure)
            {
                Hint = "Free some space and run again: nothing half-written is visible, and what was committed stays.",
            }
            : new PipelineException($"Could not write '{path}': {FirstLine(failure.Message)}", failure)
            {
                Hint = "Check that the folder exists and can be written.",
            };

    private static bool IsDiskFull(string message) =>
        message.Contains("No space left on device", StringComparison.OrdinalIgnoreCase)
        || message.Contains("not enough space on the disk", StringComparison.OrdinalIgnoreCase)
        || message.Contains("errno 28", StringComparison.OrdinalIgnoreCase);

    private static string FirstLine(string message) => message.Split('\n', 2)[0];
}
