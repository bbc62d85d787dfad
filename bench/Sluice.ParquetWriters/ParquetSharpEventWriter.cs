using ParquetSharp;
using ParquetSharp.Schema;

namespace Sluice.ParquetWriters;

/// <summary>Writes pages with Arrow's physical column writers; strings are handed over as pinned pointers.</summary>
public sealed class ParquetSharpEventWriter : IEventWriter
{
    // A page's anonymous_id dictionary is 2.7 MB; over the default limit of 1 MB Arrow falls back to plain.
    private const long TunedDictionaryBytes = 4 << 20;

    private readonly ParquetFileWriter _file;
    private readonly ByteArray[] _strings;

    public ParquetSharpEventWriter(string path, EventPage layout, WriterVariant variant)
    {
        using GroupNode schema = CreateSchema(layout);
        using WriterProperties properties = CreateProperties(layout, variant);
        Dictionary<string, string> metadata = new() { ["sluice.writer"] = variant.Name };
        _file = variant.ThroughStream
            ? new ParquetFileWriter(OpenStream(path), schema, properties, metadata, leaveOpen: false)
            : new ParquetFileWriter(path, schema, properties, metadata);
        _strings = new ByteArray[layout.Capacity];
    }

    public ValueTask WriteAsync(EventPage page)
    {
        using RowGroupWriter group = _file.AppendRowGroup();
        foreach (PageColumn column in page.Columns)
        {
            using ColumnWriter writer = group.NextColumn();
            switch (column)
            {
                case FixedColumn<long> longs:
                    Write((ColumnWriter<long>)writer, longs, longs.Values);
                    break;
                case FixedColumn<int> ints:
                    Write((ColumnWriter<int>)writer, ints, ints.Values);
                    break;
                case FixedColumn<double> doubles:
                    Write((ColumnWriter<double>)writer, doubles, doubles.Values);
                    break;
                case Utf8Column strings:
                    WriteStrings((ColumnWriter<ByteArray>)writer, strings);
                    break;
                default:
                    throw new NotSupportedException($"No writer for column '{column.Name}'.");
            }
        }

        return default;
    }

    public ValueTask CloseAsync()
    {
        _file.Close();
        return default;
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return default;
    }

    private static FileStream OpenStream(string path) =>
        new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);

    private static void Write<T>(ColumnWriter<T> writer, PageColumn column, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (column.IsNullable)
        {
            writer.WriteBatch(column.RowCount, column.DefinitionLevels, default, values);
        }
        else
        {
            writer.WriteBatch(values);
        }
    }

    private unsafe void WriteStrings(ColumnWriter<ByteArray> writer, Utf8Column column)
    {
        // Arrow copies the bytes before WriteBatch returns, so the buffer need only be pinned for the call.
        fixed (byte* data = column.Data)
        {
            ReadOnlySpan<int> offsets = column.Offsets;
            Span<ByteArray> strings = _strings.AsSpan(0, column.ValueCount);
            for (int i = 0; i < strings.Length; i++)
            {
                strings[i] = new ByteArray((IntPtr)(data + offsets[i]), offsets[i + 1] - offsets[i]);
            }

            Write<ByteArray>(writer, column, strings);
        }
    }

    private static WriterProperties CreateProperties(EventPage layout, WriterVariant variant)
    {
        using WriterPropertiesBuilder builder = new();
        builder.Compression(Compression.Zstd).CompressionLevel(3);
        builder.DataPageVersion(ParquetDataPageVersion.V1);
        builder.EnableStatistics().EnableDictionary();
        if (!variant.DictionaryEverywhere)
        {
            builder.DictionaryPagesizeLimit(TunedDictionaryBytes);
        }

        foreach (PageColumn column in layout.Columns.Where(c => !variant.UsesDictionary(c)))
        {
            builder.DisableDictionary(column.Name);
        }

        return builder.Build();
    }

    private static GroupNode CreateSchema(EventPage layout)
    {
        Node[] nodes = [.. layout.Columns.Select(CreateNode)];
        try
        {
            return new GroupNode("schema", Repetition.Required, nodes);
        }
        finally
        {
            foreach (Node node in nodes)
            {
                node.Dispose();
            }
        }
    }

    private static PrimitiveNode CreateNode(PageColumn column)
    {
        (LogicalType logical, PhysicalType physical) = column.Kind switch
        {
            ColumnKind.Int64 => (LogicalType.None(), PhysicalType.Int64),
            ColumnKind.Double => (LogicalType.None(), PhysicalType.Double),
            ColumnKind.TimestampMicros => (LogicalType.Timestamp(true, TimeUnit.Micros), PhysicalType.Int64),
            ColumnKind.Date => (LogicalType.Date(), PhysicalType.Int32),
            ColumnKind.Utf8 => (LogicalType.String(), PhysicalType.ByteArray),
            _ => throw new NotSupportedException($"No type for column '{column.Name}'."),
        };
        using (logical)
        {
            return new PrimitiveNode(
                column.Name,
                column.IsNullable ? Repetition.Optional : Repetition.Required,
                logical,
                physical
            );
        }
    }
}
