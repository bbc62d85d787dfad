namespace Sluice.Core.Models.Planning;

/// <summary>What a run does with a model.</summary>
public enum PlanAction
{
    /// <summary>Nothing: its table is what it would be.</summary>
    Keep,

    /// <summary>Its tests run on the table that is there.</summary>
    Check,

    /// <summary>Its table is built anew.</summary>
    Build,

    /// <summary>New rows go into the table that is there.</summary>
    Add,

    /// <summary>Nothing by itself: its statement becomes part of those that read it.</summary>
    Inline,
}
