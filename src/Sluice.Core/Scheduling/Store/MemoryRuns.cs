using System.Collections.Immutable;

namespace Sluice.Core.Scheduling.Store;

/// <summary>One state of a store in memory.</summary>
internal sealed record MemoryRuns
{
    public static readonly MemoryRuns Empty = new();

    public ImmutableSortedDictionary<string, MemoryDag> Dags { get; init; } =
        ImmutableSortedDictionary.Create<string, MemoryDag>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, DateTimeOffset> Workers { get; init; } =
        ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    public long Token { get; init; }

    public long Change { get; init; }
}
