using System.Buffers.Binary;
using ParquetSharp;
using Sluice.Core.Tables;

namespace Sluice.Lake.Parquet;

/// <summary>One Parquet file that is being written, and what is known of its columns so far.</summary>
internal sealed class ParquetFile : IDisposable
{
    /// <summary>Bytes of a decimal that 64 bits do not hold.</summary>
    public const int WideDecimalBytes = 16;

    // Encoded columns of an open row group stay in memory until it is closed.
    private const long RowsPerGroup = 131_072;
    private const long BytesPerGroup = 16 << 20;

    private readonly ParquetFileWriter _writer;
    private readonly ColumnTally[] _tallies;
    private readonly List<string> _names;
    private ByteArray[] _slices = [];
    private FixedLenByteArray[] _wideSlices = [];
    private int[] _narrow = [];
    private byte[] _wideBytes = [];
    private RowGroupWriter? _group;
    private long _groupRows;
    private long _rows;

    public ParquetFile(string path, TableSchema schema, WriterProperties properties)
    {
        Path = path;
        _names = [.. schema.Columns.Select(column => column.Name)];
        _tallies = [.. schema.Columns.Select(_ => new ColumnTally())];
        using (properties)
        using (var root = ParquetSchema.Of(schema))
        {
            _writer = new ParquetFileWriter(path, root, properties);
        }
    }

    public string Path { get; }

    /// <summary>Bytes written so far, about.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes the page; several pages share a row group.</summary>
    public void Write(RowPage page)
    {
        _group ??= _writer.AppendBufferedRowGroup();
        for (var i = 0; i < _tallies.Length; i++)
        {
            using var column = _group.Column(i);
            _tallies[i].AddNulls(page.Columns[i].Nulls);
            WriteColumn(column, page.Columns[i], _tallies[i]);
        }

        _rows += page.Rows;
        _groupRows += page.Rows;
        if (_groupRows >= RowsPerGroup || _group.TotalBytesWritten + _group.TotalCompressedBytes >= BytesPerGroup)
        {
            CloseGroup();
        }
    }

    /// <summary>Writes the footer. Only a closed file is whole.</summary>
    public StagedFile Close()
    {
        CloseGroup();
        _writer.Close();
        return new StagedFile
        {
            Path = Path,
            Bytes = new FileInfo(Path).Length,
            Rows = _rows,
            Statistics = _names
                .Zip(_tallies)
                .ToDictionary(pair => pair.First, pair => pair.Second.ToStatistics(), StringComparer.Ordinal),
        };
    }

    // ParquetSharp's Dispose would write a valid footer under an unfinished file and hide why: such a file is never published.
    public void Dispose()
    {
        _group?.Dispose();
        _writer.Dispose();
    }

    private void CloseGroup()
    {
        if (_group is { } group)
        {
            Bytes += group.TotalBytesWritten + group.TotalCompressedBytes;
            group.Close();
            group.Dispose();
            (_group, _groupRows) = (null, 0);
        }
    }

    private void WriteColumn(ColumnWriter writer, ColumnBuffer buffer, ColumnTally tally)
    {
        switch (writer)
        {
            case ColumnWriter<bool> typed:
                typed.WriteBatch(buffer.Rows, buffer.Levels, default, ((FixedColumnBuffer<bool>)buffer).Values);
                break;
            case ColumnWriter<int> typed when buffer is FixedColumnBuffer<long> decimals:
                WriteNarrowDecimals(typed, decimals);
                break;
            case ColumnWriter<int> typed:
                var ints = ((FixedColumnBuffer<int>)buffer).Values;
                typed.WriteBatch(buffer.Rows, buffer.Levels, default, ints);
                tally.AddBounds(ints);
                break;
            case ColumnWriter<long> typed:
                var longs = ((FixedColumnBuffer<long>)buffer).Values;
                typed.WriteBatch(buffer.Rows, buffer.Levels, default, longs);
                if (buffer.Column.Type.Kind == ColumnKind.Long)
                {
                    tally.AddBounds(longs);
                }

                break;
            case ColumnWriter<float> typed:
                typed.WriteBatch(buffer.Rows, buffer.Levels, default, ((FixedColumnBuffer<float>)buffer).Values);
                break;
            case ColumnWriter<double> typed:
                typed.WriteBatch(buffer.Rows, buffer.Levels, default, ((FixedColumnBuffer<double>)buffer).Values);
                break;
            case ColumnWriter<ByteArray> typed:
                WriteBytes(typed, (BytesColumnBuffer)buffer);
                break;
            case ColumnWriter<FixedLenByteArray> typed:
                WriteWideDecimals(typed, (FixedColumnBuffer<Int128>)buffer);
                break;
            default:
                throw new NotSupportedException($"No way to write {writer.GetType()}.");
        }
    }

    private unsafe void WriteBytes(ColumnWriter<ByteArray> writer, BytesColumnBuffer buffer)
    {
        var ends = buffer.Ends;
        if (_slices.Length < ends.Length)
        {
            _slices = new ByteArray[Math.Max(ends.Length, RowPage.MaxRows)];
        }

        fixed (byte* data = buffer.Data)
        {
            var start = 0;
            for (var i = 0; i < ends.Length; i++)
            {
                _slices[i] = new ByteArray((IntPtr)(data + start), ends[i] - start);
                start = ends[i];
            }

            writer.WriteBatch(buffer.Rows, buffer.Levels, default, _slices.AsSpan(0, ends.Length));
        }
    }

    private void WriteNarrowDecimals(ColumnWriter<int> writer, FixedColumnBuffer<long> buffer)
    {
        var values = buffer.Values;
        if (_narrow.Length < values.Length)
        {
            _narrow = new int[Math.Max(values.Length, RowPage.MaxRows)];
        }

        for (var i = 0; i < values.Length; i++)
        {
            _narrow[i] = checked((int)values[i]);
        }

        writer.WriteBatch(buffer.Rows, buffer.Levels, default, _narrow.AsSpan(0, values.Length));
    }

    private unsafe void WriteWideDecimals(ColumnWriter<FixedLenByteArray> writer, FixedColumnBuffer<Int128> buffer)
    {
        var values = buffer.Values;
        if (_wideSlices.Length < values.Length)
        {
            var rows = Math.Max(values.Length, RowPage.MaxRows);
            (_wideSlices, _wideBytes) = (new FixedLenByteArray[rows], new byte[rows * WideDecimalBytes]);
        }

        fixed (byte* data = _wideBytes)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var at = i * WideDecimalBytes;
                BinaryPrimitives.WriteInt128BigEndian(_wideBytes.AsSpan(at), values[i]);
                _wideSlices[i] = new FixedLenByteArray((IntPtr)(data + at));
            }

            writer.WriteBatch(buffer.Rows, buffer.Levels, default, _wideSlices.AsSpan(0, values.Length));
        }
    }
}
