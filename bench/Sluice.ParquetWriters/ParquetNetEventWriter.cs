using System.IO.Compression;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace Sluice.ParquetWriters;

/// <summary>
/// Writes pages with Parquet.Net's lowest-level public call. It takes UTF-16 strings, DateTime, DateOnly and int
/// levels, so every such column is converted first, into buffers kept for the life of the writer.
/// </summary>
public sealed class ParquetNetEventWriter : IEventWriter
{
    private const int UnixEpochDay = 719_162;

    private readonly FileStream _stream;
    private readonly ParquetWriter _file;
    private readonly DataField[] _fields;
    private readonly int[] _levels;
    private readonly DateTime[] _times;
    private readonly DateOnly[] _dates;
    private readonly ReadOnlyMemory<char>[] _strings;
    private char[] _chars = [];

    private ParquetNetEventWriter(FileStream stream, ParquetWriter file, DataField[] fields, int capacity)
    {
        _stream = stream;
        _file = file;
        _fields = fields;
        _levels = new int[capacity];
        _times = new DateTime[capacity];
        _dates = new DateOnly[capacity];
        _strings = new ReadOnlyMemory<char>[capacity];
    }

    public static async ValueTask<ParquetNetEventWriter> OpenAsync(string path, EventPage layout, WriterVariant variant)
    {
        ParquetSchema schema = new([.. layout.Columns.Select(CreateField)]);
        ParquetOptions options = new()
        {
            CompressionMethod = CompressionMethod.Zstd,
            CompressionLevel = CompressionLevel.Optimal, // zstd level 3; the default, SmallestSize, is level 19
        };
        foreach (PageColumn column in layout.Columns.Where(c => c.Kind == ColumnKind.Utf8 && variant.UsesDictionary(c)))
        {
            options.ColumnEncodingHints[column.Name] = EncodingHint.Dictionary;
        }

        FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        ParquetWriter file = await ParquetWriter.CreateAsync(schema, stream, options);
        file.CustomMetadata = new Dictionary<string, string> { ["sluice.writer"] = variant.Name };
        return new ParquetNetEventWriter(stream, file, schema.GetDataFields(), layout.Capacity);
    }

    public async ValueTask WriteAsync(EventPage page)
    {
        using ParquetRowGroupWriter group = _file.CreateRowGroup();
        for (int i = 0; i < _fields.Length; i++)
        {
            PageColumn column = page.Columns[i];
            await (
                column switch
                {
                    FixedColumn<long> { Kind: ColumnKind.TimestampMicros } times => WriteAsync(
                        group,
                        _fields[i],
                        column,
                        ToTimes(times)
                    ),
                    FixedColumn<long> longs => WriteAsync(group, _fields[i], column, longs.ValuesMemory),
                    FixedColumn<int> days => WriteAsync(group, _fields[i], column, ToDates(days)),
                    FixedColumn<double> doubles => WriteAsync(group, _fields[i], column, doubles.ValuesMemory),
                    Utf8Column strings => WriteAsync(group, _fields[i], column, ToChars(strings)),
                    _ => throw new NotSupportedException($"No writer for column '{column.Name}'."),
                }
            );
        }

        group.CompleteValidate();
    }

    public async ValueTask CloseAsync()
    {
        await _file.DisposeAsync(); // writes the footer
        await _stream.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static DataField CreateField(PageColumn column) =>
        column.Kind switch
        {
            ColumnKind.Int64 => new DataField(column.Name, typeof(long), column.IsNullable),
            ColumnKind.Double => new DataField(column.Name, typeof(double), column.IsNullable),
            ColumnKind.TimestampMicros => new DateTimeDataField(
                column.Name,
                DateTimeFormat.Timestamp,
                isAdjustedToUTC: true,
                DateTimeTimeUnit.Micros,
                column.IsNullable
            ),
            ColumnKind.Date => new DataField(column.Name, typeof(DateOnly), column.IsNullable),
            ColumnKind.Utf8 => new DataField(column.Name, typeof(string), column.IsNullable),
            _ => throw new NotSupportedException($"No type for column '{column.Name}'."),
        };

    private Task WriteAsync<T>(
        ParquetRowGroupWriter group,
        DataField field,
        PageColumn column,
        ReadOnlyMemory<T> values
    )
        where T : struct
    {
        ReadOnlyMemory<int>? levels = null;
        if (column.IsNullable)
        {
            ReadOnlySpan<short> source = column.DefinitionLevels;
            for (int i = 0; i < source.Length; i++)
            {
                _levels[i] = source[i];
            }

            levels = _levels.AsMemory(0, source.Length);
        }

        return group.WriteAllPartsAsync(field, values, levels, null, CancellationToken.None);
    }

    private ReadOnlyMemory<DateTime> ToTimes(FixedColumn<long> column)
    {
        ReadOnlySpan<long> values = column.Values;
        for (int i = 0; i < values.Length; i++)
        {
            _times[i] = new DateTime(
                DateTime.UnixEpoch.Ticks + (values[i] * TimeSpan.TicksPerMicrosecond),
                DateTimeKind.Utc
            );
        }

        return _times.AsMemory(0, values.Length);
    }

    private ReadOnlyMemory<DateOnly> ToDates(FixedColumn<int> column)
    {
        ReadOnlySpan<int> values = column.Values;
        for (int i = 0; i < values.Length; i++)
        {
            _dates[i] = DateOnly.FromDayNumber(UnixEpochDay + values[i]);
        }

        return _dates.AsMemory(0, values.Length);
    }

    private ReadOnlyMemory<ReadOnlyMemory<char>> ToChars(Utf8Column column)
    {
        ReadOnlySpan<byte> data = column.Data;
        if (_chars.Length < data.Length)
        {
            _chars = new char[data.Length];
        }

        ReadOnlySpan<int> offsets = column.Offsets;
        int chars = Encoding.UTF8.GetChars(data, _chars);
        bool isAscii = chars == data.Length; // then byte offsets are char offsets, else decode value by value
        for (int i = 0, at = 0; i < column.ValueCount; i++)
        {
            int length = isAscii ? offsets[i + 1] - offsets[i] : Encoding.UTF8.GetCharCount(column.Value(i));
            _strings[i] = _chars.AsMemory(at, length);
            at += length;
        }

        return _strings.AsMemory(0, column.ValueCount);
    }
}
