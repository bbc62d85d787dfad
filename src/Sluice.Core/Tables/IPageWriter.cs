namespace Sluice.Core.Tables;

/// <summary>Turns pages of rows into finished files. For one thread at a time.</summary>
public interface IPageWriter : IAsyncDisposable
{
    /// <summary>Bytes of the file at hand, about.</summary>
    long OpenBytes { get; }

    /// <summary>Writes the page; it may be reused afterwards.</summary>
    void Write(RowPage page);

    /// <summary>Finishes the file at hand; a further page begins another.</summary>
    /// <returns>The files finished since the last call.</returns>
    IReadOnlyList<StagedFile> Finish();
}
