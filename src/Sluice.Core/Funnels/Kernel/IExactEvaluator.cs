using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>Judges the users that the vector lanes cannot, one after the other. It is called from several threads at once.</summary>
public interface IExactEvaluator
{
    /// <summary>Finds the attempt of a user that counts.</summary>
    /// <param name="shard">His shard.</param>
    /// <param name="place">His place in it.</param>
    /// <param name="micros">Times of his events, in microseconds since the epoch, ascending.</param>
    /// <param name="codes">Codes of his events.</param>
    /// <param name="steps">Takes the time of each step taken, the entry first.</param>
    /// <returns>Number of steps taken; 0 when he never entered; −1 when he leaves the funnel at every step.</returns>
    int Evaluate(JourneyShard shard, int place, ReadOnlySpan<long> micros, ReadOnlySpan<byte> codes, Span<long> steps);
}
