using Sluice.Core.Time;

namespace Sluice.Core.Models;

/// <summary>What a template can ask for when it is rendered.</summary>
/// <param name="Interval">The interval of the run; <c>var('ds')</c> is its logical date.</param>
/// <param name="TargetType">The engine's name: <c>target.type</c>.</param>
public sealed record ModelScope(DataInterval Interval, string TargetType)
{
    /// <summary>Whether the model is asked for what its table does not have yet: <c>is_incremental()</c>.</summary>
    public bool IsIncremental { get; init; }

    /// <summary>The name of the target: <c>target.name</c>.</summary>
    public string TargetName { get; init; } = "dev";

    /// <summary>Values of <c>var()</c> that go before those of the project: of <c>--vars</c>, of a unit test.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = new Dictionary<string, object?>();

    /// <summary>Values of <c>env_var()</c> that go before those of the process: of a unit test.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
