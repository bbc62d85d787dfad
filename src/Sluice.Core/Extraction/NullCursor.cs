namespace Sluice.Core.Extraction;

/// <summary>What becomes of rows whose cursor is null, which no window can hold.</summary>
public enum NullCursor
{
    /// <summary>The load fails and says how many there are.</summary>
    Fail,

    /// <summary>They are read by every load.</summary>
    Include,

    /// <summary>They are never read.</summary>
    Exclude,
}
