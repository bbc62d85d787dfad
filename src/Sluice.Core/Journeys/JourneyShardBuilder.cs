using System.Runtime.InteropServices;
using Sluice.Core.Time;

namespace Sluice.Core.Journeys;

/// <summary>
/// Makes a shard of users that come one after the other. The same users in the same order make the same bytes. Empty slots
/// are at most 16 for each event of the longest user. Not thread safe.
/// </summary>
/// <param name="properties">Number of property columns.</param>
/// <param name="maxEvents">Events that it takes; it holds 9 bytes for each, and building takes 5 or 9 more.</param>
public sealed class JourneyShardBuilder(int properties = 0, int maxEvents = JourneyShardBuilder.DefaultMaxEvents)
{
    /// <summary>Events of a shard when nothing else is said.</summary>
    public const int DefaultMaxEvents = 1 << 26;

    private readonly List<long> _micros = [];
    private readonly List<byte> _codes = [];
    private readonly List<int> _starts = [0];
    private readonly List<byte> _flags = [];
    private readonly List<ushort> _properties = [];

    /// <summary>Users taken.</summary>
    public int Users => _flags.Count;

    /// <summary>Events taken.</summary>
    public int Events => _micros.Count;

    /// <summary>Takes a user.</summary>
    /// <param name="micros">Times of the events in microseconds since the epoch, ascending.</param>
    /// <param name="codes">Codes of the events, 1 to 255; as many.</param>
    /// <param name="values">Codes of the user's properties, one per column.</param>
    /// <returns>False when the shard is full, and the user was not taken; the first user always is.</returns>
    /// <exception cref="ArgumentException">The events are not as described.</exception>
    public bool TryAdd(ReadOnlySpan<long> micros, ReadOnlySpan<byte> codes, ReadOnlySpan<ushort> values = default)
    {
        if (micros.Length != codes.Length || codes.Contains((byte)0) || values.Length != properties)
        {
            throw new ArgumentException(
                "Each event has a time and a code of 1 to 255, each property a value.",
                nameof(codes)
            );
        }

        var flags = FlagsOf(micros);
        if (Users > 0 && (long)Events + micros.Length > maxEvents)
        {
            return false;
        }

        _micros.AddRange(micros);
        _codes.AddRange(codes);
        _starts.Add(Events);
        _flags.Add((byte)flags);
        _properties.AddRange(values);
        return true;
    }

    /// <summary>Makes the shard of the users taken so far.</summary>
    /// <param name="order">Per place the number of its user, counted from 0 in the order they were added.</param>
    /// <exception cref="OverflowException">A column would take more than 2 GiB.</exception>
    public JourneyShard Build(out int[] order)
    {
        var users = order = ByLength();
        var blocks = (Users + JourneyShard.Lanes - 1) / JourneyShard.Lanes;
        var starts = new int[blocks + 1];
        for (var block = 0; block < blocks; block++)
        {
            var longest = LengthOf(order[Math.Min((block + 1) * JourneyShard.Lanes, Users) - 1]);
            starts[block + 1] = checked(starts[block] + (longest * JourneyShard.Lanes));
        }

        var clock = JourneyClock.Of(CollectionsMarshal.AsSpan(_micros));
        var times = new byte[checked(starts[^1] * clock.Width)];
        var codes = new byte[starts[^1]];
        if (clock.IsWide)
        {
            Interleave(order, starts, clock, codes, MemoryMarshal.Cast<byte, ulong>(times.AsSpan()));
        }
        else
        {
            Interleave(order, starts, clock, codes, MemoryMarshal.Cast<byte, uint>(times.AsSpan()));
        }

        var places = blocks * JourneyShard.Lanes;
        return new JourneyShard(
            clock,
            Users,
            new JourneyColumns
            {
                Codes = codes,
                Times = times,
                BlockStarts = MemoryMarshal.AsBytes(starts.AsSpan()).ToArray(),
                Lengths = Column(users, places, LengthOf),
                Flags = Column(users, places, user => _flags[user]),
                Properties =
                [
                    .. Enumerable
                        .Range(0, properties)
                        .Select(property =>
                            (ReadOnlyMemory<byte>)
                                Column(users, places, user => _properties[(user * properties) + property])
                        ),
                ],
            }
        );
    }

    /// <summary>Forgets the users taken so far, and keeps the memory for others.</summary>
    public void Clear()
    {
        _micros.Clear();
        _codes.Clear();
        _starts.Clear();
        _starts.Add(0);
        _flags.Clear();
        _properties.Clear();
    }

    private static JourneyMarks FlagsOf(ReadOnlySpan<long> micros)
    {
        var flags = JourneyMarks.None;
        for (var i = 0; i < micros.Length; i++)
        {
            if (micros[i] is < Micros.FirstOfYear1 or > Micros.LastOfYear9999 || (i > 0 && micros[i] < micros[i - 1]))
            {
                throw new ArgumentException("Times lie within year 1 to 9999 and ascend.", nameof(micros));
            }

            flags |= i > 0 && micros[i] == micros[i - 1] ? JourneyMarks.EqualInstants : JourneyMarks.None;
        }

        return flags;
    }

    private static byte[] Column<T>(int[] order, int places, Func<int, T> value)
        where T : unmanaged
    {
        var column = new T[places];
        for (var place = 0; place < order.Length; place++)
        {
            column[place] = value(order[place]);
        }

        return MemoryMarshal.AsBytes(column.AsSpan()).ToArray();
    }

    private int LengthOf(int user) => _starts[user + 1] - _starts[user];

    // Shortest first; of like length in the order they came.
    private int[] ByLength()
    {
        var keys = new long[Users];
        for (var user = 0; user < keys.Length; user++)
        {
            keys[user] = ((long)LengthOf(user) << 32) | (uint)user;
        }

        Array.Sort(keys);
        return Array.ConvertAll(keys, key => (int)(uint)key);
    }

    private void Interleave<T>(int[] order, int[] starts, JourneyClock clock, Span<byte> codes, Span<T> times)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var allMicros = CollectionsMarshal.AsSpan(_micros);
        var allCodes = CollectionsMarshal.AsSpan(_codes);
        // The division is by a constant of the shard, which a multiplication would do too; it is not what takes the time.
        var unit = (ulong)clock.Unit;
        for (var place = 0; place < order.Length; place++)
        {
            var user = order[place];
            var slot = starts[place / JourneyShard.Lanes] + (place % JourneyShard.Lanes);
            for (var at = _starts[user]; at < _starts[user + 1]; at++, slot += JourneyShard.Lanes)
            {
                codes[slot] = allCodes[at];
                times[slot] = T.CreateTruncating(((ulong)(allMicros[at] - clock.BaseMicros) / unit) + 1);
            }
        }
    }
}
