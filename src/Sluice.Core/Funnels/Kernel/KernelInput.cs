using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>A shard and what is asked of it.</summary>
/// <param name="Shard">The shard.</param>
public sealed record KernelInput(JourneyShard Shard)
{
    /// <summary>Per block a bit for each lane whose user is not counted, since newer events of him lie elsewhere; empty for none.</summary>
    public ReadOnlyMemory<ushort> Superseded { get; init; }

    /// <summary>Per place the segment of the user, below the number of segments; empty where there is but one.</summary>
    public ReadOnlyMemory<ushort> Segments { get; init; }
}
