namespace Sluice.ParquetWriters;

/// <summary>Fills a small file system and prints what each step of each writer throws.</summary>
public static class DiskFullProbe
{
    public static async Task RunAsync(string directory)
    {
        foreach (
            WriterVariant variant in WriterVariant.All.Where(v =>
                v.Library != WriterLibrary.None && v.DictionaryEverywhere
            )
        )
        {
            string path = Path.Combine(directory, variant.Name + ".parquet");
            Console.WriteLine($"== {variant.Name}");
            EventPage page = new(EventPageGenerator.PageSize);
            EventPageGenerator generator = new(2 * EventPageGenerator.PageSize);
            IEventWriter? writer = null;
            bool opened = await TryAsync("open", async () => writer = await variant.OpenAsync(path, page));
            if (opened && writer is not null)
            {
                while (generator.Fill(page) && await TryAsync("write", () => writer.WriteAsync(page).AsTask())) { }

                await TryAsync("close", () => writer.CloseAsync().AsTask());
                await TryAsync("dispose", () => writer.DisposeAsync().AsTask());
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
            Console.WriteLine($"   file left behind: {(File.Exists(path) ? new FileInfo(path).Length : -1):N0} bytes");
            File.Delete(path);
        }
    }

    private static async Task<bool> TryAsync(string step, Func<Task> action)
    {
        try
        {
            await action();
            Console.WriteLine($"   {step}: ok");
            return true;
        }
#pragma warning disable CA1031 // the probe is here to see whatever is thrown
        catch (Exception e)
        {
            Console.WriteLine(
                $"   {step}: {e.GetType().FullName} (HResult 0x{e.HResult:X8}, inner {e.InnerException?.GetType().FullName ?? "none"}): {e.Message}"
            );
            return false;
        }
#pragma warning restore CA1031
    }
}
