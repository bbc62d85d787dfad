using System.Buffers;
using System.Runtime.InteropServices;

namespace Sluice.Core.Journeys.Indexes;

/// <summary>Puts users into shards and the shards into an index.</summary>
internal sealed class JourneyWriter(IJourneyStaging staging, int properties, int layer, int maxEvents)
{
    private readonly JourneyShardBuilder _builder = new(properties, maxEvents);
    private readonly ArrayBufferWriter<byte> _keys = new();
    private readonly List<int> _starts = [0];

    /// <summary>Events taken.</summary>
    public long Events { get; private set; }

    /// <summary>Users taken.</summary>
    public long Users { get; private set; }

    /// <summary>Takes a user; false when the shard is full and must be written first.</summary>
    public bool TryAdd(JourneyBuffer user)
    {
        // Of the keys, too, a column cannot hold more than 2 GiB.
        if (
            (long)_keys.WrittenCount + user.Key.Length > int.MaxValue / 2 && _starts.Count > 1
            || !_builder.TryAdd(user.Micros, user.Codes, user.Values)
        )
        {
            return false;
        }

        _keys.Write(user.Key);
        _starts.Add(_keys.WrittenCount);
        Events += user.Events;
        Users++;
        return true;
    }

    /// <summary>Writes the users taken since the last time.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_builder.Users == 0)
        {
            return;
        }

        var part = Part();
        _builder.Clear();
        _keys.ResetWrittenCount();
        _starts.RemoveRange(1, _starts.Count - 1);
        await staging.AddAsync(part, cancellationToken);
    }

    private JourneyPart Part()
    {
        var shard = _builder.Build(out var order);
        var ends = new int[(shard.Blocks * JourneyShard.Lanes) + 1];
        var text = new byte[_keys.WrittenCount];
        var written = 0;
        for (var place = 0; place < order.Length; place++)
        {
            var key = _keys.WrittenSpan[_starts[order[place]].._starts[order[place] + 1]];
            key.CopyTo(text.AsSpan(written));
            written += key.Length;
            ends[place + 1] = written;
        }

        ends.AsSpan(order.Length + 1).Fill(written);
        return new(shard, new JourneyKeys(MemoryMarshal.AsBytes(ends.AsSpan()).ToArray(), text), layer);
    }
}
