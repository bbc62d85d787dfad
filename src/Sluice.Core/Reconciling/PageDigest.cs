using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Core.Reconciling;

/// <summary>Computes the checksum of rows that were read, as <see cref="IRangeDigests"/> defines it. Not thread safe.</summary>
/// <param name="schema">The columns of the pages.</param>
internal sealed class PageDigest(TableSchema schema)
{
    private readonly int[] _places = new int[schema.Columns.Count];
    private byte[] _text = new byte[4096];
    private int _length;

    /// <summary>How a column of this type is written.</summary>
    public static DigestForm FormOf(ColumnType type) =>
        type.Kind switch
        {
            ColumnKind.Boolean => DigestForm.Flag,
            ColumnKind.Date => DigestForm.Days,
            ColumnKind.Timestamp => DigestForm.Instant,
            ColumnKind.Float or ColumnKind.Double => DigestForm.Bits,
            ColumnKind.String => DigestForm.Text,
            ColumnKind.Binary => DigestForm.Hex,
            ColumnKind.Byte or ColumnKind.Short or ColumnKind.Integer or ColumnKind.Long or ColumnKind.Decimal =>
                DigestForm.Plain,
        };

    /// <summary>The two sums over all rows of a page.</summary>
    public (Int128 First, Int128 Second) Sum(RowPage page)
    {
        Array.Clear(_places);
        var (first, second) = (Int128.Zero, Int128.Zero);
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        for (var row = 0; row < page.Rows; row++)
        {
            _length = 0;
            for (var i = 0; i < _places.Length; i++)
            {
                if (page.Columns[i].Levels[row] == 0)
                {
                    Append("~"u8);
                }
                else
                {
                    Write(page.Columns[i], _places[i]++);
                }
            }

            // Equality of rows is all that it is for, and what every database can compute.
#pragma warning disable CA5351
            MD5.HashData(_text.AsSpan(0, _length), hash);
#pragma warning restore CA5351
            var number = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
            const ulong fifteenDigits = (1UL << 60) - 1;
            first += (Int128)(number >> 68);
            second += (Int128)((number >> 8) & fifteenDigits);
        }

        return (first, second);
    }

    private void Write(ColumnBuffer column, int place)
    {
        switch (column)
        {
            case BytesColumnBuffer bytes:
                var start = place == 0 ? 0 : bytes.Ends[place - 1];
                WriteBytes(bytes.Data[start..bytes.Ends[place]], column.Column.Type.Kind == ColumnKind.String);
                return;
            case FixedColumnBuffer<bool> flags:
                Append(flags.Values[place] ? "1"u8 : "0"u8);
                break;
            case FixedColumnBuffer<int> numbers:
                Append(numbers.Values[place].ToString(CultureInfo.InvariantCulture));
                break;
            case FixedColumnBuffer<long> times when column.Column.Type.Kind == ColumnKind.Timestamp:
                Append((times.Values[place] - DigestSql.MicrosOf2000).ToString(CultureInfo.InvariantCulture));
                break;
            case FixedColumnBuffer<long> numbers:
                Append(Decimal(numbers.Values[place], column.Column.Type.Scale));
                break;
            case FixedColumnBuffer<Int128> numbers:
                Append(Decimal(numbers.Values[place], column.Column.Type.Scale));
                break;
            case FixedColumnBuffer<float> numbers:
                Append(
                    BitConverter.SingleToInt32Bits(numbers.Values[place]).ToString("b32", CultureInfo.InvariantCulture)
                );
                break;
            case FixedColumnBuffer<double> numbers:
                Append(
                    BitConverter.DoubleToInt64Bits(numbers.Values[place]).ToString("b64", CultureInfo.InvariantCulture)
                );
                break;
            default:
                throw new InvalidOperationException($"No checksum is known for {column.Column}.");
        }

        Append(","u8);
    }

    private void WriteBytes(ReadOnlySpan<byte> value, bool isText)
    {
        if (!isText)
        {
            Append(Convert.ToHexStringLower(value));
            Append(","u8);
            return;
        }

        var characters = 0;
        foreach (var unit in value)
        {
            // Every byte of UTF-8 begins a character but those of the form 10xxxxxx.
            characters += (unit & 0xC0) != 0x80 ? 1 : 0;
        }

        Append(characters.ToString(CultureInfo.InvariantCulture));
        Append(":"u8);
        Append(value);
    }

    private static string Decimal(Int128 unscaled, int scale)
    {
        var digits = Int128.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var sign = unscaled < 0 ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }

    private void Append(string ascii)
    {
        Reserve(ascii.Length);
        _length += Encoding.ASCII.GetBytes(ascii, _text.AsSpan(_length));
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_text.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int bytes)
    {
        if (_length + bytes > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + bytes));
        }
    }
}
