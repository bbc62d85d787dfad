namespace Sluice.Core.Tables;

/// <summary>Compares the bytes of data files with what the log says was written. Safe for many threads.</summary>
public interface IDataFileCheck
{
    /// <summary>Whether a file has the bytes that were written; true also where the log has no checksum of it.</summary>
    bool IsAsWritten(DataFile file);
}
