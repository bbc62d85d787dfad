using System.Buffers;
using System.Runtime.CompilerServices;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>How long users took for one step, and their segments where there are several. For one thread; memory is borrowed in chunks.</summary>
/// <typeparam name="T">A duration, in a unit that the owner knows.</typeparam>
/// <param name="segmented">Whether there are several segments.</param>
internal sealed class DurationLog<T>(bool segmented) : IDisposable
    where T : unmanaged
{
    // The pool gives large chunks again and again, so that their pages are touched anew only once.
    private const int FirstChunk = 1 << 10;
    private const int LargestChunk = 1 << 20;

    private readonly List<(T[] Values, uint[] Segments, int Used)> _full = [];
    private T[] _values = [];
    private uint[] _segments = [];
    private int _used;

    /// <summary>The durations, and the segments in the same places.</summary>
    public IEnumerable<(ReadOnlyMemory<T> Values, ReadOnlyMemory<uint> Segments)> Chunks =>
        _full
            .Append((_values, _segments, _used))
            .Select(chunk =>
                (
                    (ReadOnlyMemory<T>)chunk.Item1.AsMemory(0, chunk.Item3),
                    segmented ? (ReadOnlyMemory<uint>)chunk.Item2.AsMemory(0, chunk.Item3) : default
                )
            );

    /// <summary>Makes room for some durations, and gives where they go; of the segments only where there are several.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Reserve(int count, out Span<uint> segments)
    {
        if (_values.Length - _used < count)
        {
            Grow();
        }

        segments = segmented ? _segments.AsSpan(_used, count) : default;
        return _values.AsSpan(_used, count);
    }

    /// <summary>Keeps as many of those that <see cref="Reserve"/> made room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(int count) => _used += count;

    /// <inheritdoc/>
    public void Dispose()
    {
        Grow(0);
        foreach (var (values, segments, _) in _full)
        {
            Return(values, segments);
        }

        _full.Clear();
    }

    private static void Return(T[] values, uint[] segments)
    {
        ArrayPool<T>.Shared.Return(values);
        if (segments.Length > 0)
        {
            ArrayPool<uint>.Shared.Return(segments);
        }
    }

    private void Grow() => Grow(Math.Clamp(_values.Length * 4, FirstChunk, LargestChunk));

    private void Grow(int size)
    {
        if (_values.Length > 0)
        {
            _full.Add((_values, _segments, _used));
        }

        _values = size == 0 ? [] : ArrayPool<T>.Shared.Rent(size);
        _segments = size == 0 || !segmented ? [] : ArrayPool<uint>.Shared.Rent(_values.Length);
        _used = 0;
    }
}
