namespace Sluice.ParquetWriters;

/// <summary>Writes nothing.</summary>
public sealed class NullEventWriter : IEventWriter
{
    public ValueTask WriteAsync(EventPage page) => default;

    public ValueTask CloseAsync() => default;

    public ValueTask DisposeAsync() => default;
}
