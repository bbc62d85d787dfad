using System.Buffers.Binary;

namespace Sluice.Cli.Demo;

/// <summary>
/// A small pseudo-random generator whose numbers are the same on every machine for ever.
/// </summary>
/// <remarks>
/// SplitMix64 by Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (OOPSLA
/// 2014), with the constants of Vigna's public-domain splitmix64.c. Not <see cref="Random"/>: its
/// algorithm for a seed is not promised across versions, and the sample must be equal byte for
/// byte. Not safe for concurrent use.
/// </remarks>
internal sealed class SplitMix64(ulong seed)
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>The finalizer of the generator: a bijection of 64 bits that looks random.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += Gamma;
        return Mix(_state);
    }

    /// <summary>
    /// A generator of its own, so that drawing more of one thing leaves the other as it was.
    /// </summary>
    public SplitMix64 Fork() => new(Next());

    /// <summary>A number in [0, <paramref name="bound"/>), without bias.</summary>
    /// <remarks>
    /// Lemire, "Fast Random Integer Generation in an Interval" (2019): multiply, reject the few
    /// values that would make some results likelier.
    /// </remarks>
    public long NextBelow(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (ulong)bound;
        var high = Math.BigMul(Next(), range, out var low);
        if (low < range)
        {
            var threshold = (0 - range) % range;
            while (low < threshold)
            {
                high = Math.BigMul(Next(), range, out low);
            }
        }

        return (long)high;
    }

    /// <summary>True in <paramref name="perThousand"/> of a thousand draws.</summary>
    public bool NextChance(int perThousand) => NextBelow(1000) < perThousand;

    /// <summary>A span of whole milliseconds; both bounds are possible.</summary>
    public TimeSpan NextSpan(TimeSpan shortest, TimeSpan longest)
    {
        var range = (longest - shortest).Ticks / TimeSpan.TicksPerMillisecond;
        return shortest + new TimeSpan(NextBelow(range + 1) * TimeSpan.TicksPerMillisecond);
    }

    /// <summary>The text of a version 4 UUID, such as <c>1f0c7a8e-…</c>.</summary>
    public string NextUuid()
    {
        var high = (Next() & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000;
        var low = (Next() & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
