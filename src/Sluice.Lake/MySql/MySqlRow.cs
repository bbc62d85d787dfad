using MySqlConnector;

namespace Sluice.Lake.MySql;

/// <summary>The current row of a statement, and a buffer that its texts are copied through. Not thread safe.</summary>
internal sealed class MySqlRow(MySqlDataReader rows)
{
    private byte[] _bytes = new byte[8192];

    /// <summary>The statement's rows.</summary>
    public MySqlDataReader Rows => rows;

    /// <summary>The bytes of a value that is not null; good until the next call.</summary>
    public ReadOnlySpan<byte> Bytes(int index)
    {
        var length = (int)rows.GetBytes(index, 0, _bytes, 0, _bytes.Length);
        if (length < _bytes.Length)
        {
            return _bytes.AsSpan(0, length);
        }

        // It filled the buffer: perhaps there is more.
        length = (int)rows.GetBytes(index, 0, null, 0, 0);
        if (length > _bytes.Length)
        {
            _bytes = new byte[length + 1L > Array.MaxLength ? length : Math.Max(length + 1, _bytes.Length * 2)];
            rows.GetBytes(index, 0, _bytes, 0, length);
        }

        return _bytes.AsSpan(0, length);
    }
}
