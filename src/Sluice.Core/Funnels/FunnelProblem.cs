namespace Sluice.Core.Funnels;

/// <summary>Something wrong in a funnel.</summary>
/// <param name="Key">The key of the notation where it lies.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to write instead.</param>
public sealed record FunnelProblem(string Key, string Message, string Hint);
