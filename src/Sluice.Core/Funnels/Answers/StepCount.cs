namespace Sluice.Core.Funnels.Answers;

/// <summary>The integers of one step in one segment, and the rates that follow from them: computed here and nowhere else.</summary>
/// <param name="Count">Units that took the step.</param>
/// <param name="Previous">Units that took the required step before it; null of the first step, which has none.</param>
/// <param name="WithPrevious">Units that took both; of the first step, those that took it.</param>
/// <param name="First">Units that took the first step.</param>
/// <param name="WithFirst">Units that took both the step and the first.</param>
public sealed record StepCount(long Count, long? Previous, long WithPrevious, long First, long WithFirst)
{
    /// <summary>Share of the step before that went on, 0 to 1; null where nobody was there, and of the first step.</summary>
    public double? Conversion => Ratio(WithPrevious, Previous);

    /// <summary>Share of the first step that came this far, 0 to 1; null where nobody was there.</summary>
    public double? ConversionFromFirst => Ratio(WithFirst, First);

    /// <summary>Share of the step before that did not go on, 0 to 1; null where nobody was there, and of the first step.</summary>
    public double? DropOff => Ratio((Previous ?? 0) - WithPrevious, Previous);

    /// <summary>The counts of all units but those of a segment.</summary>
    internal StepCount Without(StepCount segment) =>
        new(
            Count - segment.Count,
            Previous - segment.Previous,
            WithPrevious - segment.WithPrevious,
            First - segment.First,
            WithFirst - segment.WithFirst
        );

    private static double? Ratio(long part, long? whole) => whole is > 0 ? (double)part / whole : null;
}
