namespace Sluice.ParquetWriters;

/// <summary>A small seeded generator, so that the data never depends on the runtime's own.</summary>
public struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return Mix(_state);
    }

    public uint Next(uint exclusiveMax) => (uint)(((Next() >> 32) * exclusiveMax) >> 32);

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
