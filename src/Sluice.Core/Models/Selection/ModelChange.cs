namespace Sluice.Core.Models.Selection;

/// <summary>How a model differs from the one of the newest build.</summary>
public enum ModelChange
{
    /// <summary>Its statement is the same.</summary>
    None,

    /// <summary>Its statement is another.</summary>
    Modified,

    /// <summary>The build does not have it.</summary>
    New,
}
