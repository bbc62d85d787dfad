using CsCheck;
using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Funnels;

public sealed class AttributionPropertyTests
{
    private const int MostEvents = 7;

    private static readonly Gen<(RandomUnit Unit, IReadOnlyList<IReadOnlyList<string?>> Values)> Units = Gen.Select(
            RandomUnit.Of(FunnelOrder.Ordered, FunnelOrder.Strict),
            Gen.Int[0, 3].Select(value => value == 0 ? null : "xyz"[value - 1].ToString()).Array[2].Array[MostEvents]
        )
        .Where((unit, _) => unit.Events.Count > 0)
        .Select((unit, values) => (unit, (IReadOnlyList<IReadOnlyList<string?>>)[.. values.Take(unit.Events.Count)]));

    [Theory]
    [InlineData(AttributionKind.FirstTouch, 0)]
    [InlineData(AttributionKind.LastTouch, 0)]
    [InlineData(AttributionKind.AllEvents, 0)]
    [InlineData(AttributionKind.Step, 1)]
    [InlineData(AttributionKind.Step, 2)]
    public void A_unit_stands_in_the_segments_of_the_norm(AttributionKind kind, int step) =>
        Units.Sample(
            (unit, values) =>
            {
                var attribution = new Attribution(kind, step);
                var expected = new EveryAttribution(unit.Events, values, unit.Rules).Of(attribution);
                return Segments(unit, values, attribution, byReference: true).SequenceEqual(expected)
                    && Segments(unit, values, attribution, byReference: false).SequenceEqual(expected);
            },
            iter: 20_000
        );

    // What is compared would say little if units seldom stood in a segment, or never in several.
    [Fact]
    public void The_random_units_tell_the_attributions_apart()
    {
        var (found, several, different) = (0, 0, 0);
        Units.Sample(
            (unit, values) =>
            {
                var oracle = new EveryAttribution(unit.Events, values, unit.Rules);
                var all = oracle.Of(new(AttributionKind.AllEvents));
                found += all.Count > 0 ? 1 : 0;
                several += oracle.Of(new(AttributionKind.Step, 1)).Count > 1 ? 1 : 0;
                different += all.SequenceEqual(oracle.Of(new(AttributionKind.LastTouch))) ? 0 : 1;
            },
            iter: 2_000,
            threads: 1
        );

        Assert.InRange(found, 500, 2_000);
        Assert.InRange(several, 100, 2_000);
        Assert.InRange(different, 500, 2_000);
    }

    [Theory]
    [InlineData(10_001, 10_000)]
    [InlineData(20_000, 5_001)]
    public void A_unit_with_too_many_values_for_its_events_is_refused(int others, int values)
    {
        var unit = WithValues(others, values);

        var refused = Assert.Throws<PipelineException>(() =>
            Keys(new(AttributionKind.Step, 2)).Of(unit, UnitOutcome.None, TestContext.Current.CancellationToken).Count()
        );

        Assert.Equal(
            FormattableString.Invariant(
                $"The unit 'u' has {values:N0} values on step 2, and each is counted over {others:N0} events: --attribution step:2 would not come to an end."
            ),
            refused.Message
        );
    }

    [Fact]
    public void A_unit_with_many_values_is_counted_by_another_attribution() =>
        Assert.Single(
            Keys(new(AttributionKind.AllEvents))
                .Of(WithValues(10_001, 10_000), UnitOutcome.None, TestContext.Current.CancellationToken)
        );

    [Fact]
    public async Task Counting_value_by_value_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        using var segments = Keys(new(AttributionKind.Step, 2))
            .Of(WithValues(5, 3), UnitOutcome.None, stop.Token)
            .GetEnumerator();

        Assert.True(segments.MoveNext());
        await stop.CancelAsync();

        Assert.Throws<OperationCanceledException>(() => segments.MoveNext());
    }

    // Events of step 1 without a value, each followed by one of step 2 as long as there are values.
    private static UnitEvents WithValues(int others, int values)
    {
        var (first, second) = (new EventKind([0], []), new EventKind([1], []));
        return new(
            "u",
            [
                .. Enumerable.Range(0, others).Select(i => new FunnelEvent(2 * i, first)),
                .. Enumerable.Range(0, values).Select(i => new FunnelEvent((2 * others) + i, second)),
            ],
            [
                .. Enumerable.Repeat(new PropertyValues([null, null]), others),
                .. Enumerable.Range(0, values).Select(i => new PropertyValues([(long)i, null])),
            ],
            []
        );
    }

    private static SegmentKeys Keys(Attribution attribution) => new(PlanOf(attribution));

    private static IEnumerable<string> Segments(
        RandomUnit unit,
        IReadOnlyList<IReadOnlyList<string?>> values,
        Attribution attribution,
        bool byReference
    )
    {
        var plan = PlanOf(attribution) with { Rules = unit.Rules, ByReference = byReference };
        var events = new UnitEvents("u", unit.Events, [.. values.Select(of => new PropertyValues(of))], []);
        return new SegmentKeys(plan)
            .Of(events, unit.Evaluate(), TestContext.Current.CancellationToken)
            .Select(segment =>
                EveryAttribution.Print(
                    segment.Key,
                    Enumerable.Range(0, segment.Attempt.Depth).Select(segment.Attempt.MicrosOf)
                )
            )
            .Order(StringComparer.Ordinal);
    }

    private static FunnelPlan PlanOf(Attribution attribution)
    {
        var schema = new TableSchema([
            new("user_id", ColumnKind.String),
            new("event", ColumnKind.String),
            new("p", ColumnKind.String),
            new("q", ColumnKind.String),
            new("time", ColumnKind.Timestamp),
        ]);
        return FunnelPlan.Of(
            FunnelText.Funnel("a b") with
            {
                By = [Breakdown.By("p"), Breakdown.By("q")],
                Attribution = attribution,
            },
            new()
            {
                Events = [new(new SqlRelation(TableId.Mart("events"), schema, []), new EventTable { Time = "time" })],
                Provenance = new(),
            }
        );
    }
}
