namespace Sluice.Cli.Demo;

/// <summary>
/// Gives every index a user id that looks random, and no two the same one, without remembering any.
/// </summary>
/// <remarks>
/// A Feistel network permutes the numbers of 2h bits; what falls outside the range of ids is
/// permuted again until it falls inside ("cycle walking": Black and Rogaway, "Ciphers with
/// Arbitrary Finite Domains", 2002). All ids have the same number of digits, six or more. Safe for
/// concurrent use.
/// </remarks>
internal sealed class UserIdPermutation
{
    private const int Rounds = 4;

    private readonly long _lowest = 100_000;
    private readonly ulong _size;
    private readonly int _halfBits = 1;
    private readonly ulong[] _keys = new ulong[Rounds];

    /// <summary>Prepares ids for the indexes in [0, <paramref name="users"/>).</summary>
    public UserIdPermutation(long users, SplitMix64 random)
    {
        // Twice as many as needed, so that ids have gaps like those of a shop where accounts get
        // deleted.
        while (9 * _lowest < 2 * users)
        {
            _lowest *= 10;
        }

        _size = 9 * (ulong)_lowest;
        while (1UL << (2 * _halfBits) < _size)
        {
            _halfBits++;
        }

        for (var round = 0; round < Rounds; round++)
        {
            _keys[round] = random.Next();
        }
    }

    /// <summary>The id of the user with this index.</summary>
    public long this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, (long)_size);
            var value = (ulong)index;
            do
            {
                value = Permute(value);
            } while (value >= _size);

            return _lowest + (long)value;
        }
    }

    private ulong Permute(ulong value)
    {
        var mask = (1UL << _halfBits) - 1;
        var (left, right) = (value >> _halfBits, value & mask);
        foreach (var key in _keys)
        {
            (left, right) = (right, left ^ (SplitMix64.Mix(right ^ key) & mask));
        }

        return (left << _halfBits) | right;
    }
}
