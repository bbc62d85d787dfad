using Sluice.Core.Extraction;

namespace Sluice.Project;

/// <summary>The section <c>state</c> of <c>sluice.yaml</c>: the PostgreSQL database that keeps the states of runs.</summary>
/// <param name="Connection">How it is reached; null where a secret is missing that says so.</param>
/// <param name="MissingSecrets">What could not be resolved, each as a sentence; told when the states are asked for.</param>
public sealed record StateDefinition(SourceConnection? Connection, IReadOnlyList<string> MissingSecrets);
