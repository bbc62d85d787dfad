namespace Sluice.IntegrationTests.Funnels;

/// <summary>One row of a table of events.</summary>
internal sealed record EventRow(
    string? Unit,
    string? Session,
    string? Name,
    long? Micros,
    long? Amount,
    string? Properties
);
