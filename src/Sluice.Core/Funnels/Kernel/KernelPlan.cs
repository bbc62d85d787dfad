namespace Sluice.Core.Funnels.Kernel;

/// <summary>An ordered funnel as the kernel takes it: the steps of each event code, and what bounds an attempt.</summary>
public sealed class KernelPlan
{
    /// <summary>Most steps; one less when some events send a user aside.</summary>
    public const int MaxSteps = 8;

    /// <summary>The bit of an event that sends its user to the exact evaluator, since the kernel cannot judge it.</summary>
    public const byte Aside = 128;

    private readonly byte[] _masks;

    /// <summary>Makes a plan.</summary>
    /// <param name="steps">Number of steps, 2 to <see cref="MaxSteps"/>.</param>
    /// <param name="masks">
    /// Of each of the 256 codes the steps that it takes: bit 0 for step 1 and so on, and <see cref="Aside"/> where there are
    /// at most 7 steps. That of code 0 is 0.
    /// </param>
    /// <exception cref="ArgumentException">A mask names a step that there is not.</exception>
    public KernelPlan(int steps, ReadOnlySpan<byte> masks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, MaxSteps);
        var used = 0;
        IsSingle = true;
        foreach (var mask in masks)
        {
            used |= mask;
            IsSingle &= System.Numerics.BitOperations.PopCount(mask) <= 1;
        }

        var known = (1 << steps) - 1;
        HasAside = steps < MaxSteps && (used & Aside) != 0;
        if (masks.Length != 256 || masks[0] != 0 || (used & ~(known | Aside)) != 0)
        {
            throw new ArgumentException(
                $"There are not 256 masks, or they name steps beyond the {steps} of the funnel.",
                nameof(masks)
            );
        }

        Steps = steps;
        _masks = masks.ToArray();
    }

    /// <summary>Number of steps.</summary>
    public int Steps { get; }

    /// <summary>Of each code the steps that it takes.</summary>
    public ReadOnlySpan<byte> Masks => _masks;

    /// <summary>Time from the entry within which a step counts, in microseconds, the end included; null means without bound.</summary>
    public long? WindowMicros { get; init; }

    /// <summary>The first instant at which an attempt may begin.</summary>
    public long FromMicros { get; init; } = long.MinValue;

    /// <summary>The first instant at which no attempt may begin any more.</summary>
    public long ToMicros { get; init; } = long.MaxValue;

    /// <summary>Whether a later step counts at or after <see cref="ToMicros"/>.</summary>
    public bool LateSteps { get; init; } = true;

    /// <summary>Whether only the first event of step 1 in the range begins an attempt.</summary>
    public bool FirstEntryOnly { get; init; }

    /// <summary>Whether an event may send its user to the exact evaluator.</summary>
    public bool HasAside { get; }

    /// <summary>Whether every event takes at most one step, which is faster.</summary>
    public bool IsSingle { get; }
}
