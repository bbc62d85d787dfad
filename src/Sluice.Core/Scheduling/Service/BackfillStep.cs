using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Service;

/// <summary>What a backfill does about one interval.</summary>
/// <param name="Interval">The interval.</param>
/// <param name="Before">Its run as it was; null where there is none.</param>
/// <param name="Action">What is done.</param>
public sealed record BackfillStep(DataInterval Interval, DagRun? Before, BackfillAction Action);
