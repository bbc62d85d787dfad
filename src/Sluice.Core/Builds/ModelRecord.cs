namespace Sluice.Core.Builds;

/// <summary>What a build knows of a model, in digests: equal ones mean equal input.</summary>
/// <param name="Fingerprint">All that went into its table: its statement, the engine, and what it read. Equal ones give equal rows.</param>
/// <param name="Statement">The statement by itself.</param>
/// <param name="Checks">The tests that its rows have passed.</param>
/// <param name="Inputs">What it read, by name: <c>raw/app/users</c>, <c>marts/dim_user</c>.</param>
public sealed record ModelRecord(
    string Fingerprint,
    string Statement,
    string Checks,
    IReadOnlyDictionary<string, string> Inputs
);
