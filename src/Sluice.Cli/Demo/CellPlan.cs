namespace Sluice.Cli.Demo;

/// <summary>
/// Scales the counts of cells to another number of users, exactly and without fractions of a user.
/// </summary>
/// <remarks>
/// Largest remainder: every cell gets the whole part of its share, and what is left goes to the
/// largest fractions. So the sum over the cells is always the rounded sum, however small the cells
/// become.
/// </remarks>
internal static class CellPlan
{
    /// <summary>The cells with <paramref name="users"/> users in all.</summary>
    /// <remarks>No step has more users in a cell than the step that it is drawn from.</remarks>
    public static IReadOnlyList<Cell> Scale(IReadOnlyList<Cell> cells, long users)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(users, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(users, SampleOptions.MaxUsers);

        var oldUsers = cells.Sum(cell => cell.Users);
        var counts = new long[FunnelStep.Last][];
        var unlimited = Enumerable.Repeat(long.MaxValue, cells.Count).ToArray();
        for (var step = FunnelStep.Home; step <= FunnelStep.Last; step++)
        {
            counts[step - 1] = Apportion(
                [.. cells.Select(cell => cell.Count(step))],
                users,
                oldUsers,
                step == FunnelStep.Home ? unlimited : counts[FunnelStep.DrawnFrom(step) - 1]
            );
        }

        return [.. cells.Select((cell, i) => cell with { Counts = [.. counts.Select(step => step[i])] })];
    }

    private static long[] Apportion(long[] shares, long numerator, long denominator, long[] limits)
    {
        var parts = Array.ConvertAll(shares, share => share * numerator / denominator);
        var target = RoundedQuotient(shares.Sum() * numerator, denominator);
        var left = target - parts.Sum();

        // Ties go to the earlier cell (the sort is stable), so that the plan is the same
        // everywhere.
        var byRemainder = Enumerable
            .Range(0, shares.Length)
            .OrderByDescending(i => shares[i] * numerator % denominator)
            .ToArray();

        // One pass is the rule. A further one is for cells at their limit, whose turn goes to
        // others; it ends, because the limits' sum is the rounded sum of a step that is not
        // smaller.
        while (left > 0)
        {
            foreach (var i in byRemainder)
            {
                if (left > 0 && parts[i] < limits[i])
                {
                    parts[i]++;
                    left--;
                }
            }
        }

        return parts;
    }

    private static long RoundedQuotient(long dividend, long divisor) => (dividend + (divisor / 2)) / divisor;
}
