namespace Sluice.Core.Models.Building;

/// <summary>How models are to be built.</summary>
public sealed record ModelingOptions
{
    /// <summary>Build also what did not change, and incremental tables from nothing.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>The models to build; the others are taken from the interval's newest build. Null means all.</summary>
    public IReadOnlySet<string>? Selected { get; init; }

    /// <summary>Values of <c>var()</c> that go before those of the project.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = new Dictionary<string, object?>();

    /// <summary>The name of the target: <c>target.name</c>.</summary>
    public string TargetName { get; init; } = "dev";

    /// <summary>How many models are built side by side, from 1.</summary>
    public int Threads { get; init; } = 1;
}
