using Sluice.Core.Scheduling.Runs;

namespace Sluice.Core.Scheduling.Service;

/// <summary>Tasks whose result stands, and what they were made from no longer does.</summary>
/// <param name="Run">Their run.</param>
/// <param name="Tasks">Which tasks.</param>
public sealed record StaleTasks(DagRun Run, IReadOnlyList<string> Tasks);
