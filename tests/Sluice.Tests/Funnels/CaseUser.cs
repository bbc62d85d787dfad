namespace Sluice.Tests.Funnels;

/// <summary>A row of the table of users.</summary>
/// <param name="User">The user.</param>
/// <param name="FromMicros">The first instant at which it is valid; null for always before.</param>
/// <param name="ToMicros">The first instant at which it no longer is; null for ever after.</param>
/// <param name="Values">The columns that are not null.</param>
internal sealed record CaseUser(
    string User,
    long? FromMicros,
    long? ToMicros,
    IReadOnlyDictionary<string, object?> Values
);
