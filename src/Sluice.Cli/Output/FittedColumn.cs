namespace Sluice.Cli.Output;

/// <summary>A column of a <see cref="FittedTable"/>.</summary>
/// <param name="Heading">What stands over it.</param>
/// <param name="Cells">One per row.</param>
internal sealed record FittedColumn(string Heading, IReadOnlyList<string> Cells)
{
    /// <summary>Whether it is set to the right.</summary>
    public bool IsNumber { get; init; }

    /// <summary>How soon it is left out where the terminal is too narrow: the greatest first, 0 never.</summary>
    public int Rank { get; init; }

    /// <summary>Shares, 0 to 1, drawn as bars as wide as there is room, in place of the cells.</summary>
    public IReadOnlyList<double?>? Bars { get; init; }

    public static FittedColumn Text(string heading, IEnumerable<string> cells) => new(heading, [.. cells]);

    public static FittedColumn Number(string heading, int rank, IEnumerable<string> cells) =>
        new(heading, [.. cells]) { IsNumber = true, Rank = rank };

    /// <summary>A column of bars.</summary>
    /// <param name="heading">Which figure they draw; empty where there is only one.</param>
    /// <param name="rank">As <see cref="Rank"/>.</param>
    /// <param name="shares">One per row.</param>
    public static FittedColumn Bar(string heading, int rank, IEnumerable<double?> shares) =>
        new(heading, []) { Bars = [.. shares], Rank = rank };

    /// <summary>Shares of the largest of them: bars that are compared with each other fill the column.</summary>
    public static IEnumerable<double?> OfLargest(IEnumerable<double?> shares)
    {
        var all = shares.ToList();
        var largest = all.Max() ?? 0;
        return largest > 0 ? all.Select(share => share / largest) : all;
    }
}
