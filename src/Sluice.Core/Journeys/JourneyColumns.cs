namespace Sluice.Core.Journeys;

/// <summary>
/// The columns of a shard, flat and little-endian, in memory that someone else owns: it must stay readable and unchanged as
/// long as the shard is used. Columns begin at multiples of 8 bytes. A <i>place</i> is a user's position, block × 16 + lane;
/// columns per place have the empty places of the last block too, as zeros.
/// </summary>
public sealed record JourneyColumns
{
    /// <summary>Per slot a byte: 0 for no event, 1 to 254 the name, 255 any name without a code of its own.</summary>
    public required ReadOnlyMemory<byte> Codes { get; init; }

    /// <summary>Per slot the time as the clock keeps it, 4 or 8 bytes; ascending within a user; 0 for no event.</summary>
    public required ReadOnlyMemory<byte> Times { get; init; }

    /// <summary>Per block the slot at which it begins, and after the last the number of slots: 4 bytes, multiples of 16.</summary>
    public required ReadOnlyMemory<byte> BlockStarts { get; init; }

    /// <summary>Per place the user's number of events, 4 bytes.</summary>
    public required ReadOnlyMemory<byte> Lengths { get; init; }

    /// <summary>Per place a byte of <see cref="JourneyMarks"/>.</summary>
    public required ReadOnlyMemory<byte> Flags { get; init; }

    /// <summary>Per property a column: per place the code of the user's value, 2 bytes.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Properties { get; init; } = [];
}
