namespace Sluice.Core.Tables;

/// <summary>Texts (UTF-8) or bytes, one after the other in one buffer.</summary>
/// <param name="column">The column it fills.</param>
public sealed class BytesColumnBuffer(Column column) : ColumnBuffer(column)
{
    // More than a page should hold is given back when the page is cleared: one huge value must not stay three times.
    private const int KeptBytes = 8 << 20;

    private byte[] _data = new byte[4096];
    private int[] _ends = new int[256];
    private int _used;

    /// <summary>All values that are not null, end to end.</summary>
    public ReadOnlySpan<byte> Data => _data.AsSpan(0, _used);

    /// <summary>Where in <see cref="Data"/> each value ends; it begins where the one before it ends.</summary>
    public ReadOnlySpan<int> Ends => _ends.AsSpan(0, Count);

    /// <inheritdoc/>
    public override long ByteSize => _used + (4L * Count);

    /// <summary>Adds a row.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        var (data, used, ends, count) = (_data, _used, _ends, Count);
        if (value.Length <= data.Length - used && count < ends.Length)
        {
            value.CopyTo(data.AsSpan(used));
            ends[count] = _used = used + value.Length;
            Count = count + 1;
            return;
        }

        value.CopyTo(Reserve(value.Length));
        Commit(value.Length);
    }

    /// <summary>Adds a row of text.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        var target = Reserve(System.Text.Encoding.UTF8.GetMaxByteCount(text.Length));
        Commit(System.Text.Encoding.UTF8.GetBytes(text, target));
    }

    /// <summary>Adds rows that all have one value.</summary>
    public void AppendRows(ReadOnlySpan<byte> value, int rows)
    {
        var target = Reserve(checked(value.Length * rows));
        if (Count + rows > _ends.Length)
        {
            Array.Resize(ref _ends, Math.Max(_ends.Length * 2, Count + rows));
        }

        for (var i = 0; i < rows; i++)
        {
            value.CopyTo(target[(i * value.Length)..]);
            _used += value.Length;
            _ends[Count++] = _used;
        }
    }

    /// <summary>Replaces every value that is not null by one of a given length.</summary>
    /// <param name="length">Bytes of each new value.</param>
    /// <param name="write">Writes the new value of an old one.</param>
    public void Rewrite(int length, Action<ReadOnlySpan<byte>, Span<byte>> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var data = new byte[Math.Max(4096, checked(Count * length))];
        for (var (i, start) = (0, 0); i < Count; i++)
        {
            var end = _ends[i];
            write(_data.AsSpan(start, end - start), data.AsSpan(i * length, length));
            (start, _ends[i]) = (end, (i + 1) * length);
        }

        (_data, _used) = (data, Count * length);
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _used = 0;
        _data = _data.Length > KeptBytes ? new byte[4096] : _data;
    }

    private Span<byte> Reserve(int bytes)
    {
        if (_used + (long)bytes > _data.Length)
        {
            // A page is closed long before this: only a single value near 2 GB can reach it.
            var wanted = Math.Min(Array.MaxLength, Math.Max(_data.Length * 2L, _used + (long)bytes));
            Array.Resize(ref _data, checked((int)wanted));
        }

        return _data.AsSpan(_used);
    }

    private void Commit(int bytes)
    {
        var (ends, count) = (_ends, Count);
        if (count >= ends.Length)
        {
            Array.Resize(ref _ends, count * 2);
            ends = _ends;
        }

        _used += bytes;
        ends[count] = _used;
        Count = count + 1;
    }
}
