using System.Collections.Immutable;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;

namespace Sluice.Core.Scheduling.Store;

/// <summary>What a store in memory has of a DAG.</summary>
internal sealed record MemoryDag
{
    public static readonly MemoryDag Empty = new();

    private ImmutableDictionary<DateTimeOffset, DagRun> _runs = ImmutableDictionary<DateTimeOffset, DagRun>.Empty;
    private ImmutableSortedSet<DateTimeOffset> _starts = [];

    public DagRecord Record { get; init; }

    public long Change { get; init; }

    /// <summary>The runs that are active or hold slots, the earliest first.</summary>
    public ImmutableSortedDictionary<DateTimeOffset, DagRun> Busy { get; private init; } =
        ImmutableSortedDictionary<DateTimeOffset, DagRun>.Empty;

    public DagRun? Find(DateTimeOffset start) => _runs.GetValueOrDefault(start);

    public IEnumerable<DagRun> Latest(int most) => _starts.Reverse().Take(most).Select(start => _runs[start]);

    public IEnumerable<DagRun> Between(DateTimeOffset from, DateTimeOffset before)
    {
        for (var i = PlaceOf(from); i < PlaceOf(before); i++)
        {
            yield return _runs[_starts[i]];
        }
    }

    public MemoryDag With(DagRun run)
    {
        var start = run.Interval.Start;
        return this with
        {
            _runs = _runs.SetItem(start, run),
            _starts = _starts.Add(start),
            Busy =
                run.IsActive || run.Tasks.Values.Any(task => task.State.HoldsSlot())
                    ? Busy.SetItem(start, run)
                    : Busy.Remove(start),
        };
    }

    private int PlaceOf(DateTimeOffset start)
    {
        var place = _starts.IndexOf(start);
        return place >= 0 ? place : ~place;
    }
}
