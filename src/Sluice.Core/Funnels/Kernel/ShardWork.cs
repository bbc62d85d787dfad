using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>One shard of a question, with what every block of it needs. Immutable.</summary>
/// <param name="input">The shard.</param>
/// <param name="plan">The funnel.</param>
/// <param name="masks">The masks of its codes.</param>
internal sealed class ShardWork(KernelInput input, KernelPlan plan, StepMasks masks)
{
    public KernelInput Input => input;

    public JourneyShard Shard => input.Shard;

    public KernelPlan Plan => plan;

    public StepMasks Masks => masks;

    public KernelBounds Bounds { get; } = KernelBounds.Of(plan, input.Shard.Clock);
}
