namespace Sluice.Core.Funnels.Questions;

/// <summary>What became of an event in a funnel.</summary>
public enum EventUse
{
    /// <summary>It gave a step of an attempt that counts.</summary>
    Used,

    /// <summary>It was looked at and did not change the count.</summary>
    Ignored,

    /// <summary>It took the unit out of the funnel.</summary>
    Excluded,
}
