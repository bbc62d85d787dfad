namespace Sluice.Core.Funnels.Kernel;

/// <summary>Sees the attempts that count, one of each user who entered. One is used by one thread at a time.</summary>
public interface IAttemptVisitor
{
    /// <summary>Sees an attempt.</summary>
    /// <param name="input">The user's shard.</param>
    /// <param name="place">The user's place in it.</param>
    /// <param name="steps">The time of each step taken, the entry first, in microseconds since the epoch; valid during the call.</param>
    void Visit(KernelInput input, int place, ReadOnlySpan<long> steps);
}
