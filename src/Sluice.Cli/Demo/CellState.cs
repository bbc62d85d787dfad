namespace Sluice.Cli.Demo;

/// <summary>What of a cell is still to be drawn.</summary>
/// <remarks>
/// Selection sampling, Knuth's Algorithm S (The Art of Computer Programming, volume 2, section
/// 3.4.2): a user is taken with probability needed / remaining, which gives every subset of the
/// right size the same chance in one pass and with two counters. Not safe for concurrent use.
/// </remarks>
internal sealed class CellState(Cell cell)
{
    private readonly long[] _left = [.. cell.Counts];

    /// <summary>The cell as planned.</summary>
    public Cell Cell { get; } = cell;

    /// <summary>The users that were not drawn yet.</summary>
    public long Users => _left[0];

    /// <summary>Draws the steps of the next user.</summary>
    public StepSet DrawSteps(SplitMix64 random)
    {
        var steps = default(StepSet).With(FunnelStep.Home);
        for (var step = FunnelStep.Home + 1; step <= FunnelStep.Last; step++)
        {
            var from = FunnelStep.DrawnFrom(step);
            if (steps.Contains(from) && random.NextBelow(_left[from - 1]) < _left[step - 1])
            {
                steps = steps.With(step);
            }
        }

        // Only now, because each draw above is from the counts as they were before this user.
        for (var step = FunnelStep.Home; step <= FunnelStep.Last; step++)
        {
            _left[step - 1] -= steps.Contains(step) ? 1 : 0;
        }

        return steps;
    }
}
