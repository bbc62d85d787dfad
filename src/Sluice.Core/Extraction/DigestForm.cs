namespace Sluice.Core.Extraction;

/// <summary>The text of a value that goes into a checksum: the source and the lake write it each in its own SQL, and equal texts mean equal values.</summary>
public enum DigestForm
{
    /// <summary>A number in decimal digits, with as many after the point as its type has.</summary>
    Plain,

    /// <summary>1 for true, 0 for false.</summary>
    Flag,

    /// <summary>Days since 1970.</summary>
    Days,

    /// <summary>Microseconds since 2000, UTC.</summary>
    Instant,

    /// <summary>Microseconds since 2000 on the wall clock of the source's time zone.</summary>
    WallClock,

    /// <summary>The bits of a floating-point number, as 0 and 1, the highest first.</summary>
    Bits,

    /// <summary>A floating-point number in as few digits as tell it from others. Very small and large ones may be written in two ways.</summary>
    Digits,

    /// <summary>A text as it is, with its length before it.</summary>
    Text,

    /// <summary>Bytes in hexadecimal digits.</summary>
    Hex,
}
