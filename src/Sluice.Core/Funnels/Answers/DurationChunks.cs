using System.Runtime.InteropServices;

namespace Sluice.Core.Funnels.Answers;

/// <summary>
/// Durations in chunks that grow, so that none is ever copied into a larger one. Without durations nothing is allocated: of
/// these there are several for each segment. A value that changes: keep it in a field or an array. Not thread safe.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct DurationChunks
{
    private const int FirstChunk = 4;
    private const int LargestChunk = 1 << 16;

    // Below this many, copying takes less memory than the link.
    private const int WorthALink = 64;

    private List<ReadOnlyMemory<long>>? _full;
    private long[]? _last;
    private int _used;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>All of them, in no order.</summary>
    public readonly IReadOnlyList<ReadOnlyMemory<long>> All => [.. _full ?? [], _last.AsMemory(0, _used)];

    /// <summary>Adds one.</summary>
    public void Add(long micros)
    {
        if (_last is null || _used == _last.Length)
        {
            Grow();
        }

        _last![_used++] = micros;
        Count++;
    }

    /// <summary>Adds those of another, which keeps them: no chunk ever changes what it holds.</summary>
    public void Add(DurationChunks other)
    {
        if (other.Count == 0)
        {
            return;
        }

        foreach (var chunk in other.All)
        {
            if (chunk.Length >= WorthALink)
            {
                (_full ??= []).Add(chunk);
                Count += chunk.Length;
                continue;
            }

            foreach (var micros in chunk.Span)
            {
                Add(micros);
            }
        }
    }

    private void Grow()
    {
        if (_last is not null)
        {
            (_full ??= []).Add(_last);
        }

        _last = new long[Math.Clamp(_used * 2, FirstChunk, LargestChunk)];
        _used = 0;
    }
}
