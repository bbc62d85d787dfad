using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MySqlConnector;

namespace Sluice.Lake.MySql;

/// <summary>The current row of a prepared statement, read from the bytes that the server sent. Not thread safe.</summary>
/// <remarks>
/// The driver makes an object of each 64-bit integer, floating-point number, decimal and time, and looks at each value twice. It
/// keeps the bytes of the row, and has no public way to them.
/// </remarks>
internal sealed class MySqlRow
{
    // The length stands before the value: in one byte, or in one to nine.
    private const int ShortLength = -1;
    private const int AnyLength = -2;

    private readonly MySqlDataReader _rows;
    private readonly int[] _sizes;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private byte[] _bytes = [];

    /// <summary>Begins before the first row.</summary>
    public MySqlRow(MySqlDataReader rows)
    {
        _rows = rows;
        _sizes = [.. rows.GetColumnSchema().Select(column => SizeOf(((MySqlDbColumn)column).ProviderType))];
        (_starts, _lengths) = (new int[_sizes.Length], new int[_sizes.Length]);
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False where there is none.</returns>
    public bool Read()
    {
        if (!_rows.Read())
        {
            return false;
        }

        var data = Data(CurrentRow(ResultSet(_rows)));
        var segment = MemoryMarshal.TryGetArray(data, out var own) ? own : new ArraySegment<byte>(data.ToArray());
        _bytes = segment.Array!;
        Locate(segment);
        return true;
    }

    /// <summary>Whether a value is null.</summary>
    public bool IsNull(int index) => _lengths[index] < 0;

    /// <summary>The bytes of a value that is not null; good until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => _bytes.AsSpan(_starts[index], _lengths[index]);

    /// <summary>An integer with a sign.</summary>
    public long Integer(int index)
    {
        var bytes = Bytes(index);
        return bytes.Length switch
        {
            8 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            4 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            2 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            _ => (sbyte)bytes[0],
        };
    }

    /// <summary>An integer without a sign.</summary>
    public ulong Unsigned(int index)
    {
        var bytes = Bytes(index);
        return bytes.Length switch
        {
            8 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            _ => bytes[0],
        };
    }

    /// <summary>A floating-point number of 64 bits, or of 32.</summary>
    public double Double(int index) =>
        _lengths[index] == sizeof(float) ? Float(index) : BinaryPrimitives.ReadDoubleLittleEndian(Bytes(index));

    /// <summary>A floating-point number of 32 bits.</summary>
    public float Float(int index) => BinaryPrimitives.ReadSingleLittleEndian(Bytes(index));

    /// <summary>Ends the statement.</summary>
    public void End() => _rows.Dispose();

    private static int SizeOf(MySqlDbType type) =>
        type switch
        {
            MySqlDbType.Null => 0,
            MySqlDbType.Bool or MySqlDbType.Byte or MySqlDbType.UByte => 1,
            MySqlDbType.Int16 or MySqlDbType.UInt16 or MySqlDbType.Year => 2,
            MySqlDbType.Int24 or MySqlDbType.UInt24 or MySqlDbType.Int32 or MySqlDbType.UInt32 or MySqlDbType.Float =>
                4,
            MySqlDbType.Int64 or MySqlDbType.UInt64 or MySqlDbType.Double => 8,
            MySqlDbType.Date
            or MySqlDbType.Newdate
            or MySqlDbType.DateTime
            or MySqlDbType.Timestamp
            or MySqlDbType.Time => ShortLength,
            _ => AnyLength,
        };

    // A zero, a bit for each value that is null, then the others.
    private void Locate(ReadOnlySpan<byte> row)
    {
        if (row.IsEmpty || row[0] != 0)
        {
            throw new InvalidDataException("The server sent a row of another form than a prepared statement has.");
        }

        var origin = (int)Unsafe.ByteOffset(in MemoryMarshal.GetArrayDataReference(_bytes), in row[0]);
        var at = 1 + ((_sizes.Length + 9) / 8);
        for (var i = 0; i < _sizes.Length; i++)
        {
            var bit = i + 2;
            if ((row[1 + (bit >> 3)] & (1 << (bit & 7))) != 0)
            {
                _lengths[i] = -1;
                continue;
            }

            var length = _sizes[i];
            if (length < 0)
            {
                length = row[at++];
                if (_sizes[i] == AnyLength && length > 250)
                {
                    length = LongLength(row, length, ref at);
                }
            }

            (_starts[i], _lengths[i]) = (origin + at, length);
            at += length;
        }
    }

    private static int LongLength(ReadOnlySpan<byte> row, int form, ref int at)
    {
        var rest = row[at..];
        at += form switch
        {
            0xfc => 2,
            0xfd => 3,
            _ => 8,
        };
        return form switch
        {
            0xfc => BinaryPrimitives.ReadUInt16LittleEndian(rest),
            0xfd => rest[0] | (rest[1] << 8) | (rest[2] << 16),
            _ => checked((int)BinaryPrimitives.ReadInt64LittleEndian(rest)),
        };
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "GetResultSet")]
    [return: UnsafeAccessorType("MySqlConnector.Core.ResultSet, MySqlConnector")]
    private static extern object ResultSet(MySqlDataReader rows);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "GetCurrentRow")]
    [return: UnsafeAccessorType("MySqlConnector.Core.Row, MySqlConnector")]
    private static extern object CurrentRow(
        [UnsafeAccessorType("MySqlConnector.Core.ResultSet, MySqlConnector")] object resultSet
    );

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_data")]
    private static extern ref ReadOnlyMemory<byte> Data(
        [UnsafeAccessorType("MySqlConnector.Core.Row, MySqlConnector")] object row
    );
}
