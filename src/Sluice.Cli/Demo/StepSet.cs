using System.Numerics;

namespace Sluice.Cli.Demo;

/// <summary>The steps that one user reached.</summary>
internal readonly record struct StepSet
{
    private readonly uint _bits;

    private StepSet(uint bits) => _bits = bits;

    /// <summary>How many steps there are in the set.</summary>
    public int Count => BitOperations.PopCount(_bits);

    /// <summary>The set with <paramref name="step"/> in it.</summary>
    public StepSet With(int step) => new(_bits | (1u << step));

    /// <summary>Whether <paramref name="step"/> is in the set.</summary>
    public bool Contains(int step) => (_bits & (1u << step)) != 0;

    /// <summary>How many of the steps come before <paramref name="step"/>.</summary>
    public int CountBefore(int step) => BitOperations.PopCount(_bits & ((1u << step) - 1));
}
