namespace Sluice.ParquetWriters;

/// <summary>Writes pages to one file, one row group a page.</summary>
public interface IEventWriter : IAsyncDisposable
{
    ValueTask WriteAsync(EventPage page);

    /// <summary>Writes the footer and closes the file.</summary>
    ValueTask CloseAsync();
}
