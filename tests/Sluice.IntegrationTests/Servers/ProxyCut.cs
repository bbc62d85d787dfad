namespace Sluice.IntegrationTests.Servers;

/// <summary>A fault of one connection.</summary>
/// <param name="Fault">What happens.</param>
/// <param name="AfterBytes">After so many bytes of the server's.</param>
internal readonly record struct ProxyCut(ProxyFault Fault, long AfterBytes);
