using System.Buffers.Binary;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace Sluice.ParquetWriters;

/// <summary>Reads a file back with Parquet.Net.</summary>
public static class ParquetNetSummarizer
{
    private const int UnixEpochDay = 719_162;

    public static async Task<FileSummary> SummarizeAsync(string path, IReadOnlyList<string> columns)
    {
        FileSummary summary = new(columns);
        await using FileStream stream = File.OpenRead(path);
        await using ParquetReader file = await ParquetReader.CreateAsync(
            stream,
            new ParquetOptions { UseDateOnlyTypeForDates = true }
        );
        DataField[] fields = file.Schema.GetDataFields();
        for (int g = 0; g < file.RowGroupCount; g++)
        {
            using ParquetRowGroupReader group = file.OpenRowGroupReader(g);
            foreach (DataField field in fields)
            {
                summary.Ranges.Add(ToRange(g, field, group.GetMetadata(field)?.MetaData?.Statistics));
                ColumnHash hash = summary.Hashes[field.Name];
                Task read = field.ClrType switch
                {
                    Type t when t == typeof(long) => ReadAsync<long>(group, field, hash, static (h, v) => h.Add(v)),
                    Type t when t == typeof(double) => ReadAsync<double>(group, field, hash, static (h, v) => h.Add(v)),
                    Type t when t == typeof(DateTime) => ReadAsync<DateTime>(
                        group,
                        field,
                        hash,
                        static (h, v) => h.Add(ToMicros(v))
                    ),
                    Type t when t == typeof(DateOnly) => ReadAsync<DateOnly>(
                        group,
                        field,
                        hash,
                        static (h, v) => h.Add((long)(v.DayNumber - UnixEpochDay))
                    ),
                    Type t when t == typeof(string) || t == typeof(ReadOnlyMemory<char>) => ReadStringsAsync(
                        group,
                        field,
                        hash
                    ),
                    _ => throw new NotSupportedException($"No reader for column '{field.Name}' ({field.ClrType})."),
                };
                await read;
            }
        }

        return summary;
    }

    private static long ToMicros(DateTime value) =>
        (value.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static async Task ReadAsync<T>(
        ParquetRowGroupReader group,
        DataField field,
        ColumnHash hash,
        Action<ColumnHash, T> add
    )
        where T : struct
    {
        T?[] values = new T?[group.RowCount];
        if (field.IsNullable)
        {
            await group.ReadAsync<T>(field, values.AsMemory());
        }
        else
        {
            T[] dense = new T[group.RowCount];
            await group.ReadAsync<T>(field, dense.AsMemory());
            values = [.. dense.Select(v => (T?)v)];
        }

        foreach (T? value in values)
        {
            if (value is { } present)
            {
                add(hash, present);
            }
            else
            {
                hash.AddNull();
            }
        }
    }

    private static async Task ReadStringsAsync(ParquetRowGroupReader group, DataField field, ColumnHash hash)
    {
        string?[] values = new string?[group.RowCount];
        await group.ReadAsync(field, values.AsMemory());
        foreach (string? value in values)
        {
            if (value is null)
            {
                hash.AddNull();
            }
            else
            {
                hash.Add(Encoding.UTF8.GetBytes(value));
            }
        }
    }

    private static ChunkRange ToRange(int group, DataField field, Parquet.Meta.Statistics? statistics)
    {
        bool isRanged =
            field.ClrType == typeof(long) || field.ClrType == typeof(DateTime) || field.ClrType == typeof(DateOnly);
        return new ChunkRange(
            group,
            field.Name,
            statistics?.NullCount,
            isRanged ? ToInteger(statistics?.MinValue) : null,
            isRanged ? ToInteger(statistics?.MaxValue) : null
        );
    }

    private static long? ToInteger(byte[]? plain) =>
        plain?.Length switch
        {
            sizeof(int) => BinaryPrimitives.ReadInt32LittleEndian(plain),
            sizeof(long) => BinaryPrimitives.ReadInt64LittleEndian(plain),
            _ => null,
        };
}
