namespace Sluice.Cli.Demo;

/// <summary>Users of one kind, and how many of them reached each step.</summary>
/// <param name="Sex"><c>Female</c> or <c>Male</c>.</param>
/// <param name="Channel"><c>search</c> or <c>paid_ads</c>.</param>
/// <param name="Month">The month of the first visit in 2015, 1 to 4.</param>
/// <param name="Device"><c>Desktop</c> or <c>Mobile</c>.</param>
/// <param name="Counts">The users of step 1 (which are all of the cell) to step 6.</param>
internal sealed record Cell(string Sex, string Channel, int Month, string Device, IReadOnlyList<long> Counts)
{
    /// <summary>All users of the cell.</summary>
    public long Users => Counts[0];

    /// <summary>The users that reached <paramref name="step"/>, 1 to 6.</summary>
    public long Count(int step) => Counts[step - 1];
}
