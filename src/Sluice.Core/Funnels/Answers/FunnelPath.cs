namespace Sluice.Core.Funnels.Answers;

/// <summary>Which way an answer went.</summary>
/// <param name="Engine">What answered: <c>journeys index</c>, <c>SQL</c>.</param>
/// <param name="Evaluator">What judged the units: <c>vector lanes</c>, <c>exact evaluator</c>, <c>reference evaluator</c>.</param>
/// <param name="Reasons">Why it went this way, as sentences.</param>
public sealed record FunnelPath(string Engine, string Evaluator, IReadOnlyList<string> Reasons)
{
    /// <summary>Not yet known.</summary>
    internal static FunnelPath None { get; } = new("", "", []);
}
