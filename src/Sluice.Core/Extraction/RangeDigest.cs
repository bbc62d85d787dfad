namespace Sluice.Core.Extraction;

/// <summary>The number and the checksum of the rows of a range of a key.</summary>
/// <param name="Rows">How many there are.</param>
/// <param name="First">The sum, over the rows, of the first 15 hexadecimal digits of each one's MD5.</param>
/// <param name="Second">The sum of the next 15.</param>
/// <param name="LastKey">The greatest key of them; null where there are none.</param>
/// <param name="IsEnd">Whether the range that was asked for has no further rows.</param>
/// <param name="IsComplete">Whether the checksum covers every row; where it does not, it says nothing.</param>
public readonly record struct RangeDigest(
    long Rows,
    Int128 First,
    Int128 Second,
    long? LastKey,
    bool IsEnd,
    bool IsComplete = true
);
