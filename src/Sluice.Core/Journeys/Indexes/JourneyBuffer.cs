using System.Buffers.Text;

namespace Sluice.Core.Journeys.Indexes;

/// <summary>One user on the way into a shard; used again for the next.</summary>
internal sealed class JourneyBuffer(int properties)
{
    private byte[] _key = new byte[64];
    private int _keyLength;
    private long[] _micros = new long[256];
    private byte[] _codes = new byte[256];

    public int Events { get; private set; }

    /// <summary>The key in UTF-8.</summary>
    public ReadOnlySpan<byte> Key => _key.AsSpan(0, _keyLength);

    /// <summary>The key where units are integers.</summary>
    public long Number { get; private set; }

    public Span<long> Micros => _micros.AsSpan(0, Events);

    public Span<byte> Codes => _codes.AsSpan(0, Events);

    public ushort[] Values { get; } = new ushort[properties];

    public void Start(long key)
    {
        (Number, Events) = (key, 0);
        Utf8Formatter.TryFormat(key, _key, out _keyLength);
    }

    public void Start(ReadOnlySpan<byte> key)
    {
        if (key.Length > _key.Length)
        {
            _key = new byte[key.Length * 2];
        }

        key.CopyTo(_key);
        (_keyLength, Events) = (key.Length, 0);
    }

    public void Append(ReadOnlySpan<long> micros, ReadOnlySpan<byte> codes)
    {
        Reserve(micros.Length);
        micros.CopyTo(_micros.AsSpan(Events));
        codes.CopyTo(_codes.AsSpan(Events));
        Events += micros.Length;
    }

    private void Reserve(int more)
    {
        if (Events + more > _micros.Length)
        {
            var size = Math.Max(Events + more, _micros.Length * 2);
            Array.Resize(ref _micros, size);
            Array.Resize(ref _codes, size);
        }
    }
}
