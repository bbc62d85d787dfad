using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>Takes out of rows that were read again what a log of changes says already.</summary>
public interface ILogMerge
{
    /// <summary>The rows of a load that are not in the log as they are.</summary>
    /// <param name="before">The table.</param>
    /// <param name="log">How its current rows are told.</param>
    /// <param name="columns">The columns of the new files.</param>
    /// <param name="compared">Those of them that come from the source.</param>
    /// <param name="window">The values of the cursor that were read.</param>
    /// <param name="files">The new files.</param>
    /// <param name="folder">Where files may be written.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Files with the rows that are left; none where all are known.</returns>
    Task<IReadOnlyList<StagedFile>> NewRowsAsync(
        TableSnapshot before,
        ChangeLog log,
        TableSchema columns,
        IReadOnlyList<string> compared,
        ExtractWindow window,
        IReadOnlyList<StagedFile> files,
        string folder,
        CancellationToken cancellationToken
    );
}
