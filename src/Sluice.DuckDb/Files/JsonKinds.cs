namespace Sluice.DuckDb.Files;

/// <summary>What the values of a key are, null aside.</summary>
[Flags]
internal enum JsonKinds : byte
{
    /// <summary>Null in all objects.</summary>
    None = 0,

    /// <summary>A number.</summary>
    Number = 1,

    /// <summary>True or false.</summary>
    Truth = 2,

    /// <summary>A text, an object or a list.</summary>
    Other = 4,
}
