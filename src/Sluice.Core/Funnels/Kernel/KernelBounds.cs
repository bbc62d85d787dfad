using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>What bounds an attempt, in the times of one shard. An attempt is known by its deadline, which is its entry + the window.</summary>
/// <param name="From">The first time at which one may begin.</param>
/// <param name="To">The first time at which none may begin any more.</param>
/// <param name="Window">From the entry to the deadline.</param>
/// <param name="Cap">The last time at which a step may be taken; all bits set for any.</param>
internal readonly record struct KernelBounds(ulong From, ulong To, ulong Window, ulong Cap)
{
    /// <summary>The bounds of a plan.</summary>
    public static KernelBounds Of(KernelPlan plan, JourneyClock clock)
    {
        var (from, to) = (clock.AtOrAfter(plan.FromMicros), clock.AtOrAfter(plan.ToMicros));
        var unbounded = clock.IsWide ? ulong.MaxValue : uint.MaxValue;
        return new(from, to, clock.UnitsOf(plan.WindowMicros), plan.LateSteps ? unbounded : to - 1);
    }

    /// <summary>The latest entry whose deadline is not cut off by the cap; with it and <see cref="Reach"/> a deadline is min(entry, latest) + reach.</summary>
    public ulong Latest => Cap >= Window ? Cap - Window : 0;

    /// <summary>See <see cref="Latest"/>.</summary>
    public ulong Reach => Math.Min(Cap, Window);

    /// <summary>Whether some time of the shard is outside the range, or beyond the cap.</summary>
    public bool IsRanged(JourneyClock clock) => From > 1 || To <= clock.Last;

    /// <summary>Whether every deadline fits the width of the shard's times.</summary>
    public bool DeadlinesFit(JourneyClock clock) =>
        Window <= (clock.IsWide ? ulong.MaxValue : uint.MaxValue) - 1 - clock.Last;
}
