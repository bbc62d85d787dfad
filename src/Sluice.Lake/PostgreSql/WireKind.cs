namespace Sluice.Lake.PostgreSql;

/// <summary>The binary forms in which values come.</summary>
internal enum WireKind
{
    Bool,
    Int2,
    Int4,
    Int8,

    /// <summary>An unsigned integer of 32 bits.</summary>
    Oid,
    Float4,
    Float8,
    Numeric,

    /// <summary>Text in UTF-8.</summary>
    Text,
    Bytes,
    Uuid,

    /// <summary>Days since 2000.</summary>
    Date,

    /// <summary>Microseconds since 2000, of a wall clock.</summary>
    LocalTime,

    /// <summary>Microseconds since 2000, UTC.</summary>
    Instant,
}
