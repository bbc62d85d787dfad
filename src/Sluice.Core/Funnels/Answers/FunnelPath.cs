namespace Sluice.Core.Funnels.Answers;

/// <summary>Which way an answer went.</summary>
/// <param name="Engine">What answered: <c>journeys index</c>, <c>SQL</c>, <c>reference</c>.</param>
/// <param name="Evaluator">What judged the units: <c>vector lanes</c>, <c>exact evaluator</c>, <c>reference evaluator</c>, and what it had.</param>
/// <param name="Reasons">Why it went this way, as sentences.</param>
public sealed record FunnelPath(string Engine, string Evaluator, IReadOnlyList<string> Reasons)
{
    /// <summary>Not yet known.</summary>
    internal static FunnelPath None { get; } = new("", "", []);
}
