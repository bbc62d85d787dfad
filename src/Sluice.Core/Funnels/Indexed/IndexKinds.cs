using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Journeys.Indexes;

namespace Sluice.Core.Funnels.Indexed;

/// <summary>What the events of each code of an index can be in a funnel.</summary>
internal sealed class IndexKinds
{
    private readonly EventKind[] _kinds = new EventKind[256];

    public IndexKinds(FunnelDefinition funnel, JourneyNames names)
    {
        Array.Fill(_kinds, EventKind.Other);
        for (var code = 1; code <= names.Coded.Count; code++)
        {
            _kinds[code] = EventKind.OfName(names.Coded[code - 1], funnel);
        }

        // All rare names take the same steps, or the index would not be asked.
        if (names.Rare.Count > 0)
        {
            _kinds[JourneyNames.RareCode] = EventKind.OfName(names.Rare[0], funnel);
        }
    }

    /// <summary>What an event of a code can be.</summary>
    public EventKind this[byte code] => _kinds[code];

    /// <summary>The steps, and after them the exclusions, that some event is named for.</summary>
    public IReadOnlyList<int> Named(int steps) =>
        [
            .. _kinds
                .SelectMany(kind => kind.Steps.Concat(kind.Exclusions.Select(exclusion => steps + exclusion)))
                .Distinct()
                .Order(),
        ];

    /// <summary>Per code the bits of its steps, and one for the exclusions.</summary>
    /// <param name="aside">The bit of the exclusions.</param>
    public byte[] Masks(byte aside) =>
        [
            .. _kinds.Select(kind =>
                (byte)(
                    kind.Steps.Aggregate(0, (mask, step) => mask | (1 << step))
                    | (kind.Exclusions.Count > 0 ? aside : 0)
                )
            ),
        ];
}
