namespace Sluice.Core.Builds;

/// <summary>What a build knows of a model, in digests: equal ones mean equal input.</summary>
/// <param name="Fingerprint">All that went into its table: its statement, the engine, and what it read.</param>
/// <param name="Content">
/// The rows: equal ones are the same. That is the fingerprint, except where a run adds to what was there, and the way there counts.
/// </param>
/// <param name="Statement">The statement by itself.</param>
/// <param name="Checks">The tests that its rows have passed.</param>
/// <param name="Inputs">What it read, by name: <c>raw/app/users</c>, <c>marts/dim_user</c>.</param>
public sealed record ModelRecord(
    string Fingerprint,
    string Content,
    string Statement,
    string Checks,
    IReadOnlyDictionary<string, string> Inputs
);
