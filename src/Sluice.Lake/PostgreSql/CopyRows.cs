using System.Buffers.Binary;
using Npgsql;
using Sluice.Core.Tables;

namespace Sluice.Lake.PostgreSql;

/// <summary>Finds rows and fields in what <c>COPY … (FORMAT binary)</c> sends, in one buffer that is used again by the next statement.</summary>
internal sealed class CopyRows
{
    /// <summary>Bytes of a value that are refused: a row is held in memory whole.</summary>
    private const int MaxValueBytes = 256 << 20;

    // One huge row must not keep its memory.
    private const int UsualBytes = 64 << 10;
    private const int KeptBytes = 1 << 20;

    private static readonly byte[] Signature = [.. "PGCOPY\n"u8, 0xff, (byte)'\r', (byte)'\n', 0];

    private byte[] _buffer = new byte[UsualBytes];
    private Column[] _columns = [];
    private int[] _starts = [];
    private int[] _lengths = [];
    private NpgsqlRawCopyStream? _stream;
    private int _next;
    private int _end;
    private int _needed;
    private bool _isBegun;

    /// <summary>Whether a statement is open.</summary>
    public bool IsOpen => _stream is not null;

    /// <summary>Whether there is a current row.</summary>
    public bool HasRow { get; private set; }

    /// <summary>Whether the statement failed: then there is nothing to end.</summary>
    private bool HasFailed { get; set; }

    /// <summary>Bytes of the rows so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Begins to read a statement whose rows have these fields.</summary>
    public void Begin(NpgsqlRawCopyStream stream, Column[] columns)
    {
        (_stream, _columns) = (stream, columns);
        (_next, _end, _needed, _isBegun, HasFailed, Bytes) = (0, 0, 0, false, false, 0);
        if (_lengths.Length != columns.Length)
        {
            (_starts, _lengths) = (new int[columns.Length], new int[columns.Length]);
        }
    }

    /// <summary>Whether a field of the row is null.</summary>
    public bool IsNull(int field) => _lengths[field] < 0;

    /// <summary>The bytes of a field of the row.</summary>
    public ReadOnlySpan<byte> Field(int field) => _buffer.AsSpan(_starts[field], _lengths[field]);

    /// <summary>Goes to the next row, where the buffer has all of it.</summary>
    /// <exception cref="PostgreSqlValueException">A value is too large.</exception>
    public bool TryNext()
    {
        (_needed, HasRow) = (0, false);
        if (!_isBegun && !TryReadHeader())
        {
            return false;
        }

        var data = _buffer.AsSpan(_next, _end - _next);
        if (data.Length < sizeof(short))
        {
            _needed = sizeof(short);
            return false;
        }

        int count = BinaryPrimitives.ReadInt16BigEndian(data);
        if (count != _lengths.Length)
        {
            // The trailer is a row of -1 fields.
            return count == -1 ? false : throw Damaged();
        }

        var at = sizeof(short);
        for (var i = 0; i < _lengths.Length; i++)
        {
            if (data.Length - at < sizeof(int))
            {
                _needed = at + sizeof(int);
                return false;
            }

            var length = BinaryPrimitives.ReadInt32BigEndian(data[at..]);
            at += sizeof(int);
            _starts[i] = _next + at;
            _lengths[i] = length;
            if (length > 0)
            {
                if (length > MaxValueBytes || length > Array.MaxLength - at)
                {
                    throw new PostgreSqlValueException(_columns[i], "a value of more than 256 MiB");
                }

                at += length;
                if (at > data.Length)
                {
                    _needed = at;
                    return false;
                }
            }
        }

        _next += at;
        Bytes += at;
        return HasRow = true;
    }

    /// <summary>Takes more from the server, as much as there is room for.</summary>
    /// <returns>False where the statement is at its end.</returns>
    public bool Fill()
    {
        MakeRoom();
        var before = _end;
        HasFailed = true;
        int read;
        do
        {
            read = _stream!.Read(_buffer.AsSpan(_end));
            _end += read;
        } while (read > 0 && _end < _buffer.Length);

        HasFailed = false;
        return _end > before;
    }

    /// <summary>Ends the statement: reads what is left, or has the server stop.</summary>
    /// <param name="isLong">Whether much is left.</param>
    public void End(bool isLong)
    {
        if (_stream is { } stream)
        {
            _stream = null;
            // One that failed has ended already, and can no longer be canceled.
            if (isLong && !HasFailed)
            {
                stream.Cancel();
            }

            stream.Dispose();
        }
    }

    private bool TryReadHeader()
    {
        // The signature, flags, and the length of an extension that nobody has defined.
        var length = Signature.Length + (2 * sizeof(int));
        if (_end < length)
        {
            _needed = length;
            return false;
        }

        if (!_buffer.AsSpan(0, Signature.Length).SequenceEqual(Signature))
        {
            throw Damaged();
        }

        _next = length + BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(length - sizeof(int)));
        return _isBegun = true;
    }

    private void MakeRoom()
    {
        var left = _end - _next;
        var size =
            _needed > _buffer.Length ? _needed
            : _buffer.Length > KeptBytes && Math.Max(left, _needed) <= UsualBytes ? UsualBytes
            : _buffer.Length;
        var target = size == _buffer.Length ? _buffer : new byte[size];
        _buffer.AsSpan(_next, left).CopyTo(target);
        (_buffer, _next, _end) = (target, 0, left);
    }

    private static InvalidDataException Damaged() => new("The server sent rows of another form than was asked for.");
}
