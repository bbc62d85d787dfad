namespace Sluice.Core.Funnels.Kernel;

/// <summary>How the kernel runs. None of it changes an answer.</summary>
public sealed record KernelOptions
{
    /// <summary>Number of threads.</summary>
    /// <value>Default: one for each processor.</value>
    public int Degree { get; init; } = Environment.ProcessorCount;

    /// <summary>The vectors; narrower ones than the machine's for a comparison.</summary>
    /// <value>Default: the widest that the machine is fast with.</value>
    public KernelWidth Width { get; init; }

    /// <summary>Slots that a thread takes at a time.</summary>
    /// <value>Default: 262,144, which takes about a hundred microseconds.</value>
    public int SlotsAtATime { get; init; } = 1 << 18;
}
