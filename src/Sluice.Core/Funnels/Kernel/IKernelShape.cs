namespace Sluice.Core.Funnels.Kernel;

/// <summary>What the compiler knows of a funnel when it compiles the kernel for it, so that what it does not use costs nothing.</summary>
internal interface IKernelShape
{
    /// <summary>Number of steps, or more.</summary>
    static abstract int Steps { get; }

    /// <summary>Whether there is a range of time to look at.</summary>
    static abstract bool Ranged { get; }

    /// <summary>Whether the first entry alone counts, or an event may send its user aside: the rare questions.</summary>
    static abstract bool Rare { get; }

    /// <summary>Whether every event takes at most one step.</summary>
    static abstract bool Single { get; }
}
