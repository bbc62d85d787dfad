namespace Sluice.Core.Extraction.Throttling;

/// <summary>The right to read one page. It begins when it is given and ends when it is disposed. Not thread safe.</summary>
public sealed class ThrottleTurn : IDisposable
{
    private Action<ThrottleTurn>? _ended;

    internal ThrottleTurn(int maxRows, long expectedBytes = 0, long began = 0, Action<ThrottleTurn>? ended = null)
    {
        (MaxRows, ExpectedBytes, Began, _ended) = (maxRows, expectedBytes, began, ended);
    }

    /// <summary>Most rows that the page should have.</summary>
    public int MaxRows { get; }

    internal long ExpectedBytes { get; }

    internal long Began { get; }

    internal int Rows { get; private set; }

    internal long Bytes { get; private set; }

    /// <summary>Tells what the page took; a page that failed tells nothing.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="bytes">Its bytes in memory.</param>
    public void Report(int rows, long bytes) => (Rows, Bytes) = (rows, bytes);

    /// <summary>Ends the turn.</summary>
    public void Dispose()
    {
        _ended?.Invoke(this);
        _ended = null;
    }
}
