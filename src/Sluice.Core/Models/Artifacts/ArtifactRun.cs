namespace Sluice.Core.Models.Artifacts;

/// <summary>The call of the command that writes artifacts.</summary>
/// <param name="Version">Of Sluice.</param>
/// <param name="Id">A text that no other call has: dbt's <c>invocation_id</c>.</param>
/// <param name="GeneratedAt">When they are written.</param>
public sealed record ArtifactRun(string Version, string Id, DateTimeOffset GeneratedAt)
{
    /// <summary>What the command was asked for, by name.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; init; } = new Dictionary<string, object?>();
}
