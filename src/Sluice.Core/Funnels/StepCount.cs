namespace Sluice.Core.Funnels;

/// <summary>The integers of one step in one segment, and the rates that follow from them: computed here and nowhere else.</summary>
/// <param name="Count">Units that took the step.</param>
/// <param name="Previous">Units that took the step before; of the first step, the step itself.</param>
/// <param name="WithPrevious">Units that took both.</param>
/// <param name="First">Units that took the first step.</param>
/// <param name="WithFirst">Units that took both the step and the first.</param>
public sealed record StepCount(long Count, long Previous, long WithPrevious, long First, long WithFirst)
{
    /// <summary>Share of the step before that went on, 0 to 1; null where nobody was there.</summary>
    public double? Conversion => Ratio(WithPrevious, Previous);

    /// <summary>Share of the first step that came this far, 0 to 1; null where nobody was there.</summary>
    public double? ConversionFromFirst => Ratio(WithFirst, First);

    /// <summary>Share of the step before that did not go on, 0 to 1; null where nobody was there.</summary>
    public double? DropOff => Ratio(Previous - WithPrevious, Previous);

    /// <summary>Median time from the step before, in seconds, of the units that took both; null without times.</summary>
    public double? MedianSeconds { get; init; }

    private static double? Ratio(long part, long whole) => whole == 0 ? null : (double)part / whole;
}
