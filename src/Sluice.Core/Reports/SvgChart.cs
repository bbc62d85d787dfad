using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>Charts of an answer as inline SVG, without scripts. Their colours and type are those of <see cref="ChartStyle"/>.</summary>
/// <remarks>
/// Lengths across are percentages and heights are pixels: a chart fills the width it is given, and its type has one size on
/// a telephone and on a wall. The text is the same on every machine.
/// </remarks>
public static class SvgChart
{
    /// <summary>The steps, one below the other: how many came, and how many were lost.</summary>
    /// <param name="answer">The answer; the total is drawn.</param>
    /// <param name="id">Begins the ids of the chart: letters and digits, another one for each chart of a page.</param>
    public static string Steps(FunnelAnswer answer, string id) => StepsChart.Draw(answer, id);

    /// <summary>The conversion to one step in each segment, beside that of all.</summary>
    /// <param name="answer">An answer with segments.</param>
    /// <param name="step">The step, from 1 to the last; converted from the step before it.</param>
    /// <param name="id">Begins the ids of the chart.</param>
    public static string Segments(FunnelAnswer answer, int step, string id) =>
        SegmentsChart.Draw(answer, SegmentRate.FromPrevious(answer.Funnel, step), id);

    /// <summary>The conversion from the first to the last step in each segment, beside that of all.</summary>
    /// <param name="answer">An answer with segments.</param>
    /// <param name="id">Begins the ids of the chart.</param>
    public static string Segments(FunnelAnswer answer, string id) =>
        SegmentsChart.Draw(answer, SegmentRate.FromFirst(answer.Funnel), id);

    /// <summary>The conversion from the first to the last step over the periods.</summary>
    /// <param name="answer">An answer with a trend.</param>
    /// <param name="id">Begins the ids of the chart.</param>
    public static string Trend(FunnelAnswer answer, string id) => TrendChart.Draw(answer, id);

    /// <summary>How the times from the first to the last step are spread.</summary>
    /// <param name="answer">An answer whose total has a histogram.</param>
    /// <param name="id">Begins the ids of the chart.</param>
    public static string Times(FunnelAnswer answer, string id) => TimesChart.Draw(answer, id);
}
