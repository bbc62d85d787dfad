using System.Runtime.InteropServices;

namespace Sluice.Core.Journeys;

/// <summary>
/// The events of some users, laid out so that one vector lane is one user: users of like length share a block of
/// <see cref="Lanes"/>, and the block's slots hold the first event of each, then the second of each, and so on. The event
/// of rank r (from 0) of lane l of block b is in slot <c>BlockStarts[b] + r × 16 + l</c>. Immutable; safe for many threads.
/// </summary>
public sealed class JourneyShard
{
    /// <summary>Users of a block.</summary>
    public const int Lanes = 16;

    /// <summary>Takes columns as they are, without copying them.</summary>
    /// <param name="clock">How the times are kept.</param>
    /// <param name="users">Number of users: they fill the places from 0 on.</param>
    /// <param name="columns">The columns.</param>
    /// <exception cref="ArgumentException">The sizes of the columns or the starts of the blocks contradict each other.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine is big-endian.</exception>
    public JourneyShard(JourneyClock clock, int users, JourneyColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(users);
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException(
                "Shards are read where they lie, which takes a little-endian machine."
            );
        }

        (Clock, Users, Columns) = (clock, users, columns);
        if (!Fits())
        {
            throw new ArgumentException($"The columns of {users} users contradict each other.", nameof(columns));
        }
    }

    /// <summary>How the times are kept.</summary>
    public JourneyClock Clock { get; }

    /// <summary>Number of users.</summary>
    public int Users { get; }

    /// <summary>The columns.</summary>
    public JourneyColumns Columns { get; }

    /// <summary>Number of blocks.</summary>
    public int Blocks => (Columns.BlockStarts.Length / sizeof(int)) - 1;

    /// <summary>Number of slots, empty ones included.</summary>
    public int Slots => Columns.Codes.Length;

    /// <summary>The first slot of each block, and the number of slots.</summary>
    public ReadOnlySpan<int> BlockStarts => MemoryMarshal.Cast<byte, int>(Columns.BlockStarts.Span);

    /// <summary>Number of events per place.</summary>
    public ReadOnlySpan<int> Lengths => MemoryMarshal.Cast<byte, int>(Columns.Lengths.Span);

    /// <summary>Codes of a property per place.</summary>
    /// <param name="property">Its column.</param>
    public ReadOnlySpan<ushort> Property(int property) =>
        MemoryMarshal.Cast<byte, ushort>(Columns.Properties[property].Span);

    /// <summary>Copies a user's events out, in order of time.</summary>
    /// <param name="place">The user's place, 0 to <see cref="Users"/> − 1.</param>
    /// <param name="micros">Takes the times, in microseconds since the epoch.</param>
    /// <param name="codes">Takes the codes.</param>
    /// <returns>Number of events.</returns>
    /// <exception cref="ArgumentException">A span is shorter than the user's events.</exception>
    public int CopyTo(int place, Span<long> micros, Span<byte> codes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, Users);
        var (length, slot) = (Lengths[place], BlockStarts[place / Lanes] + (place % Lanes));
        if (length > micros.Length || length > codes.Length)
        {
            throw new ArgumentException($"The user has {length} events.", nameof(micros));
        }

        var allCodes = Columns.Codes.Span;
        var allTimes = Columns.Times.Span;
        for (var rank = 0; rank < length; rank++, slot += Lanes)
        {
            codes[rank] = allCodes[slot];
            micros[rank] = Clock.ToMicros(
                Clock.IsWide
                    ? MemoryMarshal.Cast<byte, ulong>(allTimes)[slot]
                    : MemoryMarshal.Cast<byte, uint>(allTimes)[slot]
            );
        }

        return length;
    }

    // The kernel reads without bounds checks: what it relies on is checked here, once.
    private bool Fits()
    {
        var places = (long)Blocks * Lanes;
        var starts = BlockStarts;
        var fits =
            starts.Length > 0
            && (Users + Lanes - 1) / Lanes == Blocks
            && Slots % Lanes == 0
            && Columns.Times.Length == (long)Slots * Clock.Width
            && Columns.Lengths.Length == places * sizeof(int)
            && Columns.Flags.Length == places
            && Columns.Properties.All(column => column.Length == places * sizeof(ushort))
            && (Clock.IsWide || Clock.Last <= JourneyClock.LastNarrow)
            && starts[0] == 0
            && starts[^1] == Slots;
        for (var block = 0; fits && block < Blocks; block++)
        {
            fits = starts[block] <= starts[block + 1] && starts[block + 1] % Lanes == 0;
        }

        return fits;
    }
}
