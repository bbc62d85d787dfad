namespace Sluice.Core.Tables;

/// <summary>A private folder for the files of one commit; disposing it removes what was not committed, unless it is kept.</summary>
public interface IStagingArea : IAsyncDisposable
{
    /// <summary>Absolute path of a folder in which an engine may write data files.</summary>
    string Folder { get; }

    /// <summary>What <see cref="Keep"/> wrote last, perhaps in another process; null where there is nothing.</summary>
    ReadOnlyMemory<byte>? Note { get; }

    /// <summary>Writes pages of rows into Parquet files of this area.</summary>
    /// <param name="schema">Their columns.</param>
    /// <param name="isGentle">Whether the thread that writes is to let everything else on this machine go first; it stays so.</param>
    IPageWriter CreateWriter(TableSchema schema, bool isGentle = false);

    /// <summary>Writes the rows of data files into one new file of this area, in their order, a page at a time.</summary>
    /// <param name="files">The files.</param>
    /// <param name="schema">The columns of the new file; what a file lacks is null, what is narrower is widened.</param>
    /// <param name="cancellationToken">Stops it; the file is never part of anything then.</param>
    /// <returns>The new file; null where there are no rows.</returns>
    /// <exception cref="PipelineException">A file is missing or damaged.</exception>
    StagedFile? Join(IReadOnlyList<DataFile> files, TableSchema schema, CancellationToken cancellationToken);

    /// <summary>Writes a note that says what the area's finished files are; from now on they outlive this process. Only for an area that was asked for by name.</summary>
    void Keep(ReadOnlySpan<byte> note);

    /// <summary>Removes everything, also what was kept.</summary>
    void Clear();
}
