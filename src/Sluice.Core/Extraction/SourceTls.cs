namespace Sluice.Core.Extraction;

/// <summary>How a connection is encrypted.</summary>
public enum SourceTls
{
    /// <summary>Where the server can; its certificate is not checked.</summary>
    Prefer,

    /// <summary>Never.</summary>
    Disable,

    /// <summary>Always; its certificate is not checked.</summary>
    Require,

    /// <summary>Always, with a certificate of a known authority.</summary>
    VerifyCa,

    /// <summary>Always, with a certificate of a known authority for this very host.</summary>
    VerifyFull,
}
