namespace Sluice.Core.Tables;

/// <summary>Why a table's files are replaced by others.</summary>
public enum RewriteKind
{
    /// <summary>Small files were joined; the rows are the same.</summary>
    Compact,

    /// <summary>Old copies go: their rows are no longer in the table.</summary>
    Expire,
}
