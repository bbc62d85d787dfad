namespace Sluice.Core.Funnels.Kernel;

/// <summary>How many users reached each step, in each segment.</summary>
public sealed class KernelCounts
{
    private readonly long[] _depths;
    private readonly int _steps;

    internal KernelCounts(long[] depths, int steps, long exact, long excluded) =>
        (_depths, _steps, Exact, Excluded) = (depths, steps, exact, excluded);

    /// <summary>Number of segments.</summary>
    public int Segments => _depths.Length / CountSink.Depths;

    /// <summary>Users whom the exact evaluator judged.</summary>
    public long Exact { get; }

    /// <summary>Of these the users that leave the funnel at every step.</summary>
    public long Excluded { get; }

    /// <summary>Users of a segment whose counted attempt ended at a step.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="step">The step, from 1 on.</param>
    public long EndedAt(int segment, int step) => _depths[(segment * CountSink.Depths) + step];

    /// <summary>Users of a segment that took a step.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="step">The step, from 1 on.</param>
    public long Reached(int segment, int step)
    {
        var reached = 0L;
        for (; step <= _steps; step++)
        {
            reached += EndedAt(segment, step);
        }

        return reached;
    }
}
