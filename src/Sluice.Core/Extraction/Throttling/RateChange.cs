namespace Sluice.Core.Extraction.Throttling;

/// <summary>What a look at the source did to the rate.</summary>
internal enum RateChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It rose.</summary>
    Raised,

    /// <summary>It fell.</summary>
    Cut,
}
