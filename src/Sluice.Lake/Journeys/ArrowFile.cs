using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Sluice.Lake.Files;

namespace Sluice.Lake.Journeys;

/// <summary>Arrow IPC files of one record batch, uncompressed: each column is contiguous.</summary>
internal static class ArrowFile
{
    // The format of streams begins after the magic and its padding: it can be read where it lies.
    private const int StreamStart = 8;

    private static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    /// <summary>A column of numbers without nulls.</summary>
    public static (Field Field, IArrowArray Values) Numbers(string name, IArrowType type, ReadOnlyMemory<byte> values)
    {
        var length = values.Length / (((FixedWidthType)type).BitWidth / 8);
        return Column(name, type, length, new ArrowBuffer(values));
    }

    /// <summary>A column of texts without nulls.</summary>
    public static (Field Field, IArrowArray Values) Texts(
        string name,
        ReadOnlyMemory<byte> ends,
        ReadOnlyMemory<byte> text
    ) =>
        Column(name, StringType.Default, (ends.Length / sizeof(int)) - 1, new ArrowBuffer(ends), new ArrowBuffer(text));

    /// <summary>A column of truth values without nulls.</summary>
    public static (Field Field, IArrowArray Values) Bits(string name, int length, ReadOnlyMemory<byte> bits) =>
        Column(name, BooleanType.Default, length, new ArrowBuffer(bits));

    /// <summary>Writes the file and syncs it.</summary>
    public static async Task WriteAsync(
        string path,
        IReadOnlyList<(Field Field, IArrowArray Values)> columns,
        IReadOnlyDictionary<string, string> metadata,
        CancellationToken cancellationToken
    )
    {
        var schema = new Schema(columns.Select(column => column.Field), metadata);
        using var batch = new RecordBatch(schema, columns.Select(column => column.Values), columns[0].Values.Length);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            using (var writer = new ArrowFileWriter(file, schema, leaveOpen: true))
            {
                await writer.WriteRecordBatchAsync(batch, cancellationToken);
                await writer.WriteEndAsync(cancellationToken);
            }

            await file.FlushAsync(cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, path);
        }
    }

    /// <summary>Reads the file's one batch; the columns lie in the file's memory.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static RecordBatch Read(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.Length < 2 * StreamStart || !bytes.StartsWith(Magic) || !bytes.EndsWith(Magic))
        {
            throw new InvalidDataException("It is no Arrow file.");
        }

        using var reader = new ArrowStreamReader(file[StreamStart..]);
        return reader.ReadNextRecordBatch() ?? throw new InvalidDataException("It has no record batch.");
    }

    /// <summary>The bytes of a column.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="column">Its place.</param>
    /// <param name="type">The type that it must have.</param>
    /// <param name="buffer">1 for the values, 2 for the bytes of texts, of which 1 are the positions.</param>
    /// <param name="length">Its bytes; null for all.</param>
    /// <exception cref="InvalidDataException">It has another type, nulls, or too few bytes.</exception>
    public static ReadOnlyMemory<byte> BytesOf(
        RecordBatch batch,
        int column,
        ArrowTypeId type,
        int buffer = 1,
        int? length = null
    )
    {
        var data = batch.Column(column).Data;
        var memory = data.Buffers[buffer].Memory;
        return data.DataType.TypeId == type && data.NullCount == 0 && data.Offset == 0 && memory.Length >= (length ?? 0)
            ? memory[..(length ?? memory.Length)]
            : throw new InvalidDataException($"Its column {column} is not as it should be.");
    }

    private static (Field Field, IArrowArray Values) Column(
        string name,
        IArrowType type,
        int length,
        params ArrowBuffer[] buffers
    )
    {
        var data = new ArrayData(type, length, nullCount: 0, offset: 0, [ArrowBuffer.Empty, .. buffers]);
        return (new Field(name, type, nullable: false), ArrowArrayFactory.BuildArray(data));
    }
}
