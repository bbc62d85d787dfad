using System.ComponentModel.DataAnnotations;

namespace Sluice.Cli.Demo;

/// <summary>How large the sample is and which of the possible ones.</summary>
internal sealed record SampleOptions
{
    /// <summary>
    /// The most users that can be asked for: <c>count × users</c> stays far inside 64 bits.
    /// </summary>
    public const long MaxUsers = 1_000_000_000;

    /// <summary>How many users visit the shop; every other count is scaled to it.</summary>
    /// <value>90,400 by default, as many as the data set that the sample is modelled on.</value>
    [Range(1, MaxUsers)]
    public long Users { get; init; } = 90_400;

    /// <summary>The start of every random draw: equal options give equal bytes.</summary>
    /// <value>20150501 by default.</value>
    public ulong Seed { get; init; } = 20150501;
}
