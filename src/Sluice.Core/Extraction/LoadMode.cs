namespace Sluice.Core.Extraction;

/// <summary>How a table is loaded.</summary>
public enum LoadMode
{
    /// <summary>A whole copy for each interval.</summary>
    Snapshot,

    /// <summary>The rows whose cursor lies in the interval, added to a log of changes.</summary>
    Incremental,
}
