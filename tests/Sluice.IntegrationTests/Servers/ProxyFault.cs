namespace Sluice.IntegrationTests.Servers;

/// <summary>What a network does to a connection.</summary>
public enum ProxyFault
{
    /// <summary>Nothing comes through any more, and nobody is told.</summary>
    Stall,

    /// <summary>The connection is reset (RST).</summary>
    Reset,

    /// <summary>The server's side is closed (FIN), in the middle of a message as like as not.</summary>
    Close,
}
