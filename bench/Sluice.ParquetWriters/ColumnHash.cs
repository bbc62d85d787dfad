namespace Sluice.ParquetWriters;

/// <summary>An order-sensitive checksum of a column, nulls included.</summary>
public sealed class ColumnHash
{
    public ulong Value { get; private set; }

    public long Rows { get; private set; }

    public long Nulls { get; private set; }

    public void AddNull()
    {
        Nulls++;
        Mix(0xA5A5_0000_FFFF_5A5AUL);
    }

    public void Add(long value) => Mix((ulong)value + 1);

    public void Add(double value) => Add(BitConverter.DoubleToInt64Bits(value));

    public void Add(ReadOnlySpan<byte> value)
    {
        ulong hash = (ulong)value.Length;
        foreach (byte b in value)
        {
            hash = (hash ^ b) * 0x100000001B3UL;
        }

        Mix(hash);
    }

    public override string ToString() => $"{Value:x16}/{Rows}/{Nulls}";

    private void Mix(ulong value)
    {
        Rows++;
        Value = SplitMix64.Mix((Value * 31) + value);
    }
}
