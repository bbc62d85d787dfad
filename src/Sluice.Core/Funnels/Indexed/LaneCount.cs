using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Kernel;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Journeys.Indexes;

namespace Sluice.Core.Funnels.Indexed;

/// <summary>Tallies the attempts that the vector lanes found, in all and per segment. For one thread.</summary>
/// <param name="plan">The funnel.</param>
/// <param name="index">The index.</param>
/// <param name="watermarkMicros">The instant up to which events are complete; null where none is known.</param>
internal sealed class LaneCount(FunnelPlan plan, JourneyIndex index, long? watermarkMicros) : IAttemptVisitor
{
    private readonly int[] _properties =
    [
        .. plan.By.Select(by => by.Of == BreakdownOf.Entry ? -1 : index.PropertyAt(by.Breakdown.Property)),
    ];
    private readonly SegmentTally _total = new(plan.Rules, watermarkMicros);
    private readonly Dictionary<SegmentCode, SegmentTally> _segments = [];
    private readonly EntryPeriods _periods = new(plan);
    private (SegmentCode Code, SegmentTally Tally)? _last;

    /// <inheritdoc/>
    public void Visit(KernelInput input, int place, ReadOnlySpan<long> steps)
    {
        _total.Add(steps);
        if (_properties.Length == 0)
        {
            return;
        }

        var code = new SegmentCode();
        for (var by = 0; by < _properties.Length; by++)
        {
            code = code.With(
                _properties[by] < 0 ? _periods.CodeOf(by, steps[0]) : input.Shard.Property(_properties[by])[place]
            );
        }

        if (_last is not { } last || last.Code != code)
        {
            if (!_segments.TryGetValue(code, out var tally))
            {
                _segments[code] = tally = new SegmentTally(plan.Rules, watermarkMicros);
            }

            _last = last = (code, tally);
        }

        last.Tally.Add(steps);
    }

    /// <summary>Adds what was tallied to the count of the whole question.</summary>
    public void AddTo(FunnelCount count)
    {
        count.Add([], _total);
        foreach (var (code, tally) in _segments)
        {
            count.Add(
                [
                    .. plan.By.Select(
                        (by, i) =>
                            _properties[i] < 0
                                ? _periods.ValueOf(i, code[i])
                                : SegmentKeys.Period(
                                    by.Breakdown,
                                    index.Contents.Properties[_properties[i]][(ushort)code[i]],
                                    plan.Source.Zone
                                )
                    ),
                ],
                tally
            );
        }
    }
}
