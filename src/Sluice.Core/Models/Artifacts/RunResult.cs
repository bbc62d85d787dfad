namespace Sluice.Core.Models.Artifacts;

/// <summary>How a model or a test ended.</summary>
/// <param name="Status">In dbt's words.</param>
/// <param name="Message">What is said of it; null where nothing is.</param>
/// <param name="Failures">The failures that a test counted; null for a model.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record RunResult(string Status, string? Message, long? Failures, double Seconds);
