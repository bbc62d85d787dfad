using Sluice.Core.Funnels.Answers;
using Sluice.Core.Statistics;

namespace Sluice.Core.Reports;

/// <summary>One period of a trend as it is drawn.</summary>
/// <param name="Start">Its first day.</param>
/// <param name="At">Its place across, 0 to 1.</param>
/// <param name="Entered">Units at the first step.</param>
/// <param name="Conversion">From the first to the last step; null where nobody entered.</param>
/// <param name="Interval">Where the true conversion lies; null under the minimum sample.</param>
/// <param name="Estimate">The conversion once all windows are over; null where they are.</param>
/// <param name="IsOpen">Whether some units still have time, so that the conversion can only rise.</param>
internal sealed record TrendPoint(
    DateOnly Start,
    double At,
    long Entered,
    double? Conversion,
    Interval? Interval,
    KaplanMeierEstimate? Estimate,
    bool IsOpen
)
{
    // The labels of the axis stand at the left; at the right a point would be cut in half.
    private const double Left = 0.1;
    private const double Right = 0.98;

    public static IReadOnlyList<TrendPoint> Of(IReadOnlyList<FunnelPeriod> periods)
    {
        if (periods.Count == 0)
        {
            return [];
        }

        var first = periods[0].Start.DayNumber;
        var days = periods[^1].Start.DayNumber - first;
        return
        [
            .. periods.Select(period =>
            {
                var last = period.Steps.Steps[^1];
                return new TrendPoint(
                    period.Start,
                    days == 0 ? 0.5 : Left + ((Right - Left) * (period.Start.DayNumber - first) / days),
                    period.Steps.Steps[0].Count.Count,
                    Figures.Finite(last.Count.ConversionFromFirst),
                    last.ConversionFromFirstInterval,
                    period.Steps.Estimate,
                    period.Steps.Steps[0].Immature > 0
                );
            }),
        ];
    }
}
