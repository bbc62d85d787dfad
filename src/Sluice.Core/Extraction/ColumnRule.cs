using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>What the user says of one column.</summary>
public sealed record ColumnRule
{
    /// <summary>Its type in the lake, over what the source declares; null for that.</summary>
    public ColumnType? Type { get; init; }

    /// <summary>Its name in the lake; null for the source's.</summary>
    public string? Rename { get; init; }

    /// <summary>Whether it is left out.</summary>
    public bool IsExcluded { get; init; }

    /// <summary>Its values are replaced by their SHA-256 hash, in hexadecimal digits.</summary>
    public bool IsHashed { get; init; }

    /// <summary>What is put before each value before it is hashed, as UTF-8; never shown.</summary>
    public string? Salt { get; init; }

    /// <summary>What its values are replaced by; null where they are not.</summary>
    public string? Mask { get; init; }
}
