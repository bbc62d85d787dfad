using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Statistics;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Reports;

/// <summary>Answers made by hand.</summary>
internal static class SampleAnswers
{
    private const double Hour = 3_600;

    /// <summary>One with everything that an answer can have.</summary>
    public static FunnelAnswer Full { get; } = MakeFull();

    /// <summary>One of a question about which there is no event.</summary>
    public static FunnelAnswer Empty { get; } =
        new()
        {
            Funnel = new FunnelDefinition { Name = "empty", Steps = [FunnelStep.Of("a"), FunnelStep.Of("b")] },
            Total = Segment([], [0, 0], times: null),
            Segments = [],
            Other = null,
            OtherSegments = 0,
            SegmentsOverlap = false,
            Excluded = 0,
            Path = new("SQL", "exact evaluator", []),
            Provenance = new FunnelProvenance
            {
                File = "events.csv",
                Definition = "0",
                Rows = 0,
                Units = 0,
                EventsWithoutUnit = 0,
                EventsWithoutTime = 0,
                WatermarkMicros = null,
            },
        };

    /// <summary>The same answer with all that a user names called like that.</summary>
    public static FunnelAnswer Named(string name) =>
        Full with
        {
            Funnel = Full.Funnel with
            {
                Name = name,
                Description = name,
                Steps = [.. Full.Funnel.Steps.Select(step => step with { Name = name, Events = new([name]) })],
                By = [Breakdown.By(name), Breakdown.By(name, DatePeriod.MonthOfYear)],
                Hold = [name],
                Unit = name,
                Exclude = [new(EventSelector.Of(name), 1, 2)],
            },
            Segments = [.. Full.Segments.Select(segment => segment with { Values = [name, segment.Values[1]] })],
            Warnings = [name],
            Path = new("SQL", "exact evaluator", []),
            Provenance = Full.Provenance with
            {
                File = name,
                Index = name,
                Tables = new Dictionary<TableId, long> { [TableId.Mart(name)] = 1 },
            },
        };

    /// <summary>The same answer with figures that are none.</summary>
    public static FunnelAnswer WithoutNumbers
    {
        get
        {
            var nowhere = new Interval(double.NaN, double.PositiveInfinity);
            var segment = Full.Total with
            {
                Values = ["nothing", 3L],
                Estimate = new KaplanMeierEstimate(double.NaN, nowhere, 0, 0),
                TimeToConvert = new StepTimes(double.NaN, double.PositiveInfinity, double.NegativeInfinity),
                Steps =
                [
                    .. Full.Total.Steps.Select(step =>
                        step with
                        {
                            ConversionInterval = nowhere,
                            ConversionFromFirstInterval = nowhere,
                            Times = new StepTimes(double.NaN, double.NaN, double.NaN),
                            Test = new StepTest(double.NaN, nowhere, double.NaN, double.NaN, double.NaN),
                        }
                    ),
                ],
            };
            return Full with
            {
                Total = segment,
                Segments = [segment],
                Other = segment,
                Trend = [new(new DateOnly(2015, 1, 5), segment)],
                Before = null,
            };
        }
    }

    /// <summary>Steps of which each unit took all before it.</summary>
    public static FunnelSegment Segment(
        IReadOnlyList<object?> values,
        IReadOnlyList<long> counts,
        double? times,
        long? immature = null
    ) =>
        new(
            values,
            [
                .. counts.Select(
                    (count, i) =>
                        new FunnelStepAnswer(
                            new StepCount(count, i == 0 ? null : counts[i == 3 ? 1 : i - 1], count, counts[0], count)
                        )
                        {
                            Immature = immature is { } open ? open * count / Math.Max(1, counts[0]) : null,
                            Times = i == 0 || times is not { } hours ? null : Times(hours * i),
                        }
                ),
            ]
        )
        {
            TimeToConvert = times is { } all ? Times(all * 5) : null,
        };

    private static FunnelAnswer MakeFull()
    {
        var funnel = new FunnelDefinition
        {
            Name = "checkout",
            Description = "From the search page to the confirmation, within two weeks",
            EventTable = "fact_page_visit",
            Steps =
            [
                new(EventSelector.Of("step4"), "Search"),
                new(EventSelector.Of("step5"), "Payment"),
                new(new EventSelector(["coupon*", "voucher"]), "Coupon") { Optional = true },
                new(EventSelector.Of("step6"), "Confirmation"),
            ],
            Window = TimeSpan.FromDays(14),
            Exclude = [new(EventSelector.Of("refund"), 2, 4)],
            Hold = ["product"],
            By = [Breakdown.By("channel"), Breakdown.By("date", DatePeriod.MonthOfYear)],
            From = new DateOnly(2015, 3, 1),
            To = new DateOnly(2015, 5, 1),
            Limit = 6,
        };
        IReadOnlyList<FunnelSegment> segments =
        [
            Segment(["direct", 3L], [12_410, 6_102, 811, 1_602], 2.1, 310),
            Segment(["direct", 4L], [10_240, 5_010, 702, 1_390], 2.3, 1_204),
            Segment(["email", 3L], [3_105, 1_920, 402, 731], 1.2, 55),
            Segment(["search ads", 3L], [8_050, 2_911, 203, 402], 4.8, 120),
            Segment([true, 4L], [41, 22, 3, 6], 3, 9),
            Segment([null, null], [18, 7, 0, 0], null, 2),
        ];
        var other = Segment([], [540, 260, 31, 62], 2.5, 31);
        var total = Sum([.. segments, other]) with
        {
            Estimate = new KaplanMeierEstimate(0.1312, new Interval(0.1271, 0.1353), 4_193, 1_731),
            Histogram = new Histogram(
                [.. Enumerable.Range(0, 13).Select(i => i * 28 * 3_600_000_000L)],
                [1_610, 902, 511, 344, 240, 171, 130, 96, 71, 55, 40, 23]
            ),
        };
        var statistics = new SegmentStatistics(funnel);
        total = statistics.WithIntervals(total);
        return new FunnelAnswer
        {
            Funnel = funnel,
            Total = total,
            Segments = statistics.WithTests([.. segments.Select(statistics.WithIntervals)], total),
            Other = statistics.WithIntervals(other),
            OtherSegments = 4,
            SegmentsOverlap = false,
            Excluded = 117,
            Trend = [.. Enumerable.Range(0, 9).Select(week => Week(statistics, week))],
            Before = Before(funnel, statistics),
            Warnings = ["There is no event 'voucher'. Did you mean 'vouchers'?"],
            Path = new("SQL", "exact evaluator", []),
            Provenance = Provenance(),
        };
    }

    private static FunnelAnswer Before(FunnelDefinition funnel, SegmentStatistics statistics) =>
        new()
        {
            Funnel = funnel with { From = new DateOnly(2014, 12, 30), To = new DateOnly(2015, 3, 1) },
            Total = statistics.WithIntervals(Segment([], [31_870, 14_420, 1_930, 3_610], 2.6, 0)),
            Segments =
            [
                Segment(["direct", 3L], [11_100, 5_010, 640, 1_207], 2.2, 0),
                Segment(["fax", 3L], [77, 31, 2, 9], 3.1, 0),
                Segment([null, null], [30, 12, 1, 4], 2.9, 0),
            ],
            Other = null,
            OtherSegments = 0,
            SegmentsOverlap = false,
            Excluded = 98,
            Path = new("SQL", "exact evaluator", []),
            Provenance = Provenance(),
        };

    private static FunnelPeriod Week(SegmentStatistics statistics, int week)
    {
        var entered = 3_600 + (week * 173 % 700);
        var open =
            week < 7 ? 0
            : week == 7 ? 1_400
            : entered - 100;
        var last = (entered * (11 + (week * 5 % 4)) / 100) - (open / 16);
        var steps = Segment([], [entered, entered * 48 / 100, entered * 6 / 100, last], 2.4, open);
        return new(
            new DateOnly(2015, 3, 2).AddDays(week * 7),
            statistics.WithIntervals(steps) with
            {
                Estimate =
                    open == 0
                        ? null
                        : new KaplanMeierEstimate(
                            0.13,
                            new Interval(0.13 - (week * 0.002), 0.13 + (week * 0.003)),
                            last,
                            open
                        ),
            }
        );
    }

    private static FunnelSegment Sum(IReadOnlyList<FunnelSegment> segments) =>
        Segment(
            [],
            [.. Enumerable.Range(0, 4).Select(step => segments.Sum(segment => segment.Steps[step].Count.Count))],
            2.4,
            segments.Sum(segment => segment.Steps[0].Immature)
        );

    private static StepTimes Times(double hours) => new(hours * 1.7 * Hour, hours * Hour, hours * 4.25 * Hour);

    private static FunnelProvenance Provenance() =>
        new()
        {
            Build = 42,
            LogicalDate = new DateOnly(2015, 4, 30),
            Tables = new Dictionary<TableId, long>
            {
                [TableId.Mart("fact_page_visit")] = 17,
                [TableId.Mart("dim_user")] = 9,
                [TableId.Raw("app", "users")] = 31,
            },
            Index = "journeys-0000042",
            Definition = "6f1ed002ab5595859014ebf0951522d9a9b4c1f7e1c2a4c2d7c5a1b0e4f3d291",
            Rows = 1_204_551,
            Units = 61_204,
            EventsWithoutUnit = 12,
            EventsWithoutTime = 3,
            WatermarkMicros = Micros.From(new DateTimeOffset(2015, 5, 1, 0, 0, 0, TimeSpan.Zero)) - 1,
        };
}
