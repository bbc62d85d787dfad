using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Everything that is counted in one pass over the units.</summary>
/// <param name="whole">The funnel.</param>
/// <param name="before">The range before; null where it is not asked for.</param>
/// <param name="trend">The periods; null where they are not asked for.</param>
/// <param name="watcher">Told of each unit; may be null.</param>
internal sealed class FunnelCounting(FunnelCount whole, FunnelCount? before, TrendCount? trend, IUnitWatcher? watcher)
{
    /// <summary>The count of the funnel.</summary>
    public FunnelCount Whole => whole;

    /// <summary>The count of the range before; null where it is not asked for.</summary>
    public FunnelCount? Before => before;

    /// <summary>The counts of the periods; null where they are not asked for.</summary>
    public TrendCount? Trend => trend;

    /// <summary>Units seen.</summary>
    public long Units { get; private set; }

    public void Add(UnitEvents unit, CancellationToken cancellationToken)
    {
        Units++;
        var outcome = whole.Add(unit, cancellationToken);
        before?.Add(unit, cancellationToken);
        trend?.Add(unit, cancellationToken);
        watcher?.Counted(unit, outcome);
    }

    /// <summary>Adds what another thread counted.</summary>
    public void Merge(FunnelCounting other)
    {
        Units += other.Units;
        whole.Merge(other.Whole);
        before?.Merge(other.Before!);
        trend?.Merge(other.Trend!);
    }

    public FunnelAnswer ToAnswer(FunnelProvenance provenance, int? bins) =>
        whole.ToAnswer(provenance, bins) with
        {
            Before = before?.ToAnswer(provenance, bins),
            Trend = trend?.ToPeriods() ?? [],
        };
}
