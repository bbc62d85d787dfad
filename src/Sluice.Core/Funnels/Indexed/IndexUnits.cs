using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Journeys.Indexes;

namespace Sluice.Core.Funnels.Indexed;

/// <summary>Reads the users of an index one after the other, as <see cref="UnitReader"/> does from SQL. For one thread.</summary>
/// <param name="plan">The funnel.</param>
/// <param name="index">The index.</param>
/// <param name="kinds">What its events can be.</param>
internal sealed class IndexUnits(FunnelPlan plan, JourneyIndex index, IndexKinds kinds)
{
    private readonly int[] _properties = [.. plan.UserProperties.Select(index.PropertyAt)];
    private long[] _micros = new long[256];
    private byte[] _codes = new byte[256];

    /// <summary>The user at a place; null where the funnel looks at none of the user's events, or a newer layer has the user.</summary>
    public UnitEvents? Read(JourneyPart part, int place)
    {
        var length = part.Shard.Lengths[place];
        if (length == 0 || part.IsSuperseded(place))
        {
            return null;
        }

        if (length > _micros.Length)
        {
            (_micros, _codes) = (new long[length * 2], new byte[length * 2]);
        }

        part.Shard.CopyTo(place, _micros, _codes);
        var events = new List<FunnelEvent>(length);
        for (var i = 0; i < length; i++)
        {
            var kind = kinds[_codes[i]];
            if (plan.Rules.LooksAtOthers || kind.IsNamed)
            {
                events.Add(new(_micros[i], kind));
            }
        }

        return events.Count == 0 ? null : new(part.Keys[place], events, [], UserAt(part, place));
    }

    private IReadOnlyList<UserRow> UserAt(JourneyPart part, int place) =>
        _properties.Length == 0
            ? []
            :
            [
                new UserRow(
                    null,
                    null,
                    [
                        .. _properties.Select(property =>
                            index.Contents.Properties[property][part.Shard.Property(property)[place]]
                        ),
                    ]
                ),
            ];
}
