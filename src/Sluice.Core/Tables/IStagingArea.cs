namespace Sluice.Core.Tables;

/// <summary>A private folder for the files of one commit; disposing it removes what was not committed.</summary>
public interface IStagingArea : IAsyncDisposable
{
    /// <summary>Absolute path of a folder in which an engine may write data files.</summary>
    string Folder { get; }

    /// <summary>Writes pages of rows into Parquet files of this area.</summary>
    IPageWriter CreateWriter(TableSchema schema);
}
