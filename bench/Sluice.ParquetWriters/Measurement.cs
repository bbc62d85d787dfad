namespace Sluice.ParquetWriters;

/// <summary>What a child process reports of itself, one JSON line.</summary>
public sealed record Measurement
{
    /// <summary>Time in the writer for the first file of the process, JIT included.</summary>
    public double FirstSeconds { get; init; }

    /// <summary>Time in the writer for the second file of the process.</summary>
    public double WarmSeconds { get; init; }

    public long FirstAllocatedBytes { get; init; }

    public long WarmAllocatedBytes { get; init; }

    /// <summary>VmHWM after the first file.</summary>
    public long PeakRssKilobytes { get; init; }

    public long FileBytes { get; init; }

    /// <summary>From the entry of Main to the closed file, generating the page included.</summary>
    public double ColdMilliseconds { get; init; }
}
