namespace Sluice.IntegrationTests.Scheduling;

/// <summary>What a server was asked.</summary>
internal sealed record WebRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);
