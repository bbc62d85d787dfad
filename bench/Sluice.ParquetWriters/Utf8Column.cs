namespace Sluice.ParquetWriters;

/// <summary>A column of strings held as one contiguous UTF-8 buffer and one more offset than values.</summary>
public sealed class Utf8Column(string name, bool isNullable, int capacity)
    : PageColumn(name, ColumnKind.Utf8, isNullable, capacity)
{
    private readonly int[] _offsets = new int[capacity + 1];
    private byte[] _data = new byte[1024];

    public ReadOnlySpan<byte> Data => _data.AsSpan(0, _offsets[ValueCount]);

    public ReadOnlySpan<int> Offsets => _offsets.AsSpan(0, ValueCount + 1);

    public ReadOnlySpan<byte> Value(int index) => _data.AsSpan(_offsets[index], _offsets[index + 1] - _offsets[index]);

    public void Append(ReadOnlySpan<byte> value)
    {
        int start = _offsets[ValueCount];
        int end = start + value.Length;
        if (end > _data.Length)
        {
            Array.Resize(ref _data, Math.Max(end, _data.Length * 2));
        }

        value.CopyTo(_data.AsSpan(start));
        _offsets[ValueCount + 1] = end;
        CountValue();
    }
}
