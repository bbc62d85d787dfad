namespace Sluice.Core.Extraction;

/// <summary>How a database server is reached.</summary>
public sealed record SourceConnection
{
    /// <summary>Name, address or, beginning with <c>/</c>, the folder or file of a Unix socket.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port; null for the database's usual one.</summary>
    public int? Port { get; init; }

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The user; null for the driver's default.</summary>
    public string? User { get; init; }

    /// <summary>The password; null for none. Never shown.</summary>
    public string? Password { get; init; }

    /// <summary>Whether and how the connection is encrypted.</summary>
    public SourceTls Tls { get; init; } = SourceTls.Prefer;

    /// <summary>Absolute path of a PEM file of certificate authorities; null for the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Absolute path of a PEM file with the client's certificate; null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Absolute path of a PEM file with the client certificate's key; null for none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The schema of tables that are named without one; null for the server's default. PostgreSQL only.</summary>
    public string? Schema { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Port is { } port ? $"{Database} at {Host}:{port}" : $"{Database} at {Host}";
}
