namespace Sluice.Core.Tables;

/// <summary>The kinds of value a lake column can hold; each is a primitive type of Delta.</summary>
public enum ColumnKind : byte
{
    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A signed integer of 8 bits.</summary>
    Byte,

    /// <summary>A signed integer of 16 bits.</summary>
    Short,

    /// <summary>A signed integer of 32 bits.</summary>
    Integer,

    /// <summary>A signed integer of 64 bits.</summary>
    Long,

    /// <summary>A binary floating-point number of 32 bits.</summary>
    Float,

    /// <summary>A binary floating-point number of 64 bits.</summary>
    Double,

    /// <summary>An exact decimal number with a precision and a scale.</summary>
    Decimal,

    /// <summary>Unicode text.</summary>
    String,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>A calendar date, without a time zone.</summary>
    Date,

    /// <summary>An instant: microseconds since the epoch, UTC.</summary>
    Timestamp,
}
