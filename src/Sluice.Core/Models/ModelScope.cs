using Sluice.Core.Time;

namespace Sluice.Core.Models;

/// <summary>What a template can ask for when it is rendered.</summary>
/// <param name="Interval">The interval of the run; <c>var('ds')</c> is its logical date.</param>
/// <param name="TargetType">The engine's name: <c>target.type</c>.</param>
public sealed record ModelScope(DataInterval Interval, string TargetType)
{
    /// <summary>What <c>is_incremental()</c> says: the model's table is there and is added to.</summary>
    /// <value>False: the table is built anew.</value>
    public bool IsIncremental { get; init; }

    /// <summary>Values of <c>var('…')</c> over those of <c>dbt_project.yml</c>: null, text, bool, long, double, lists and maps of these.</summary>
    /// <value>None.</value>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } =
        new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>The target's name: <c>target.name</c>.</summary>
    /// <value><c>dev</c>.</value>
    public string TargetName { get; init; } = "dev";
}
