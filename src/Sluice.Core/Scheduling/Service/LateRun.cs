using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Service;

/// <summary>An interval whose run is not done by its deadline.</summary>
/// <param name="Dag">The DAG.</param>
/// <param name="Interval">The interval.</param>
/// <param name="Deadline">When it was expected.</param>
/// <param name="Run">Its run; null where there is none.</param>
public sealed record LateRun(DagDefinition Dag, DataInterval Interval, DateTimeOffset Deadline, DagRun? Run);
