namespace Sluice.Core.Tables;

/// <summary>Which live files a commit takes out of the table.</summary>
public enum ReplaceScope
{
    /// <summary>Those that a run of the same interval wrote.</summary>
    Interval,

    /// <summary>All of them.</summary>
    Table,

    /// <summary>None: the new rows stand beside the old ones.</summary>
    Nothing,
}
