namespace Sluice.IntegrationTests.Funnels;

/// <summary>One row of a table of users.</summary>
internal sealed record UserProperties(string Key, string? Sex, DateOnly? Joined);
