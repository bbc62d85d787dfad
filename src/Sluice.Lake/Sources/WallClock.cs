using Sluice.Core.Time;

namespace Sluice.Lake.Sources;

/// <summary>Turns the wall-clock times of a zone into UTC, fast for many. Not thread safe.</summary>
internal sealed class WallClock(TimeZoneInfo zone)
{
    // Years in which nearly all times of a database lie; the others take the slow way.
    private static readonly long First = Micros.From(new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly long End = Micros.From(new(2070, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private (long FromMicros, long OffsetMicros)[]? _offsets;
    private int _last;

    /// <summary>What <see cref="LocalTime.ToUtc"/> gives.</summary>
    public long ToUtc(long localMicros)
    {
        if (localMicros < First || localMicros >= End)
        {
            return LocalTime.ToUtc(localMicros, zone);
        }

        _offsets ??= [.. LocalOffsets.Between(First, End, zone)];
        if (
            localMicros < _offsets[_last].FromMicros
            || (_last + 1 < _offsets.Length && localMicros >= _offsets[_last + 1].FromMicros)
        )
        {
            _last = Array.FindLastIndex(_offsets, offset => offset.FromMicros <= localMicros);
        }

        return localMicros - _offsets[_last].OffsetMicros;
    }
}
