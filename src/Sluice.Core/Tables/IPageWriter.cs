namespace Sluice.Core.Tables;

/// <summary>Turns pages of rows into finished files. For one thread at a time.</summary>
public interface IPageWriter : IAsyncDisposable
{
    /// <summary>Writes the page; it may be reused afterwards.</summary>
    void Write(RowPage page);

    /// <summary>Finishes the last file.</summary>
    IReadOnlyList<StagedFile> Finish();
}
