using System.Diagnostics;
using System.Globalization;

namespace Sluice.ParquetWriters;

/// <summary>The work of a fresh child process: one writer, one measurement.</summary>
public static class ChildWork
{
    public const int ColdRows = 5_000;

    public static async Task<Measurement> MeasureColdAsync(WriterVariant variant, string path, long mainEntered)
    {
        EventPage page = new(ColdRows);
        new EventPageGenerator(ColdRows).Fill(page);
        IEventWriter writer = await variant.OpenAsync(path, page);
        await writer.WriteAsync(page);
        await writer.CloseAsync();
        double elapsed = Stopwatch.GetElapsedTime(mainEntered).TotalMilliseconds;
        await writer.DisposeAsync();
        return new Measurement { ColdMilliseconds = elapsed, PeakRssKilobytes = ReadPeakRss() };
    }

    public static async Task<Measurement> MeasureWriteAsync(WriterVariant variant, string path, long rows)
    {
        EventPage page = new(EventPageGenerator.PageSize);
        (double firstSeconds, long firstBytes) = await WriteFileAsync(variant, path, rows, page);
        long peak = ReadPeakRss();
        (double warmSeconds, long warmBytes) = await WriteFileAsync(variant, path, rows, page);
        return new Measurement
        {
            FirstSeconds = firstSeconds,
            FirstAllocatedBytes = firstBytes,
            WarmSeconds = warmSeconds,
            WarmAllocatedBytes = warmBytes,
            PeakRssKilobytes = peak,
            FileBytes = File.Exists(path) ? new FileInfo(path).Length : 0,
        };
    }

    /// <summary>Writes all pages to a new file; only the calls to the writer are timed and counted.</summary>
    private static async Task<(double Seconds, long Bytes)> WriteFileAsync(
        WriterVariant variant,
        string path,
        long rows,
        EventPage page
    )
    {
        EventPageGenerator generator = new(rows);
        Stopwatch clock = new();
        long allocated = 0;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        clock.Start();
        await using IEventWriter writer = await variant.OpenAsync(path, page);
        clock.Stop();
        allocated += GC.GetTotalAllocatedBytes(precise: true) - before;
        while (generator.Fill(page))
        {
            before = GC.GetTotalAllocatedBytes(precise: true);
            clock.Start();
            await writer.WriteAsync(page);
            clock.Stop();
            allocated += GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        before = GC.GetTotalAllocatedBytes(precise: true);
        clock.Start();
        await writer.CloseAsync();
        clock.Stop();
        allocated += GC.GetTotalAllocatedBytes(precise: true) - before;
        return (clock.Elapsed.TotalSeconds, allocated);
    }

    private static long ReadPeakRss()
    {
        const string Prefix = "VmHWM:";
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(Prefix, StringComparison.Ordinal));
        return long.Parse(line[Prefix.Length..^"kB".Length], CultureInfo.InvariantCulture);
    }
}
