using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>The mark of a segment that differs from the rest by more than chance is likely to.</summary>
public static class TestMark
{
    /// <summary>The corrected probability below which there is a mark.</summary>
    public const double Level = 0.05;

    /// <summary>What stands beside a segment that converts better.</summary>
    public const string Better = "▲";

    /// <summary>What stands beside a segment that converts worse.</summary>
    public const string Worse = "▼";

    /// <summary>What the marks mean, on one line.</summary>
    public const string Legend = "▲ converts better, ▼ worse than the rest of the funnel: q < 0.05";

    /// <summary>The mark of a comparison; an empty text where there is none.</summary>
    public static string Of(StepTest? test) =>
        test is not { QValue: < Level } ? ""
        : test.Difference >= 0 ? Better
        : Worse;
}
