namespace Sluice.Core.Pipelines;

/// <summary>How a run is to be done.</summary>
/// <param name="Reextract">Read finished intervals again and replace what they have.</param>
/// <param name="FullRefresh">Build every model, also those whose statement and inputs did not change.</param>
/// <param name="Promote">Make the build current even if a build of a newer interval is.</param>
public sealed record RunOptions(bool Reextract = false, bool FullRefresh = false, bool Promote = false)
{
    /// <summary>Values of <c>var()</c> that go before those of the project.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = new Dictionary<string, object?>();

    /// <summary>The name of the target: <c>target.name</c>.</summary>
    public string TargetName { get; init; } = "dev";

    /// <summary>How many models are built side by side, from 1.</summary>
    public int Threads { get; init; } = 1;
}
