using ParquetSharp;

namespace Sluice.ParquetWriters;

/// <summary>Reads a file back with ParquetSharp.</summary>
public static class ParquetSharpSummarizer
{
    public static unsafe FileSummary Summarize(string path, IReadOnlyList<string> columns)
    {
        FileSummary summary = new(columns);
        using ParquetFileReader file = new(path);
        for (int g = 0; g < file.FileMetaData.NumRowGroups; g++)
        {
            using RowGroupReader group = file.RowGroup(g);
            for (int c = 0; c < columns.Count; c++)
            {
                using ColumnChunkMetaData chunk = group.MetaData.GetColumnChunkMetaData(c);
                using (Statistics? statistics = chunk.Statistics)
                {
                    summary.Ranges.Add(ToRange(g, columns[c], statistics));
                }

                ColumnHash hash = summary.Hashes[columns[c]];
                using ColumnReader column = group.Column(c);
                switch (column)
                {
                    case ColumnReader<long> longs:
                        Read(longs, hash, static (h, v) => h.Add(v));
                        break;
                    case ColumnReader<int> ints:
                        Read(ints, hash, static (h, v) => h.Add((long)v));
                        break;
                    case ColumnReader<double> doubles:
                        Read(doubles, hash, static (h, v) => h.Add(v));
                        break;
                    case ColumnReader<ByteArray> strings:
                        Read(strings, hash, static (h, v) => h.Add(new ReadOnlySpan<byte>((void*)v.Pointer, v.Length)));
                        break;
                    default:
                        throw new NotSupportedException($"No reader for column '{columns[c]}'.");
                }
            }
        }

        return summary;
    }

    /// <summary>One line a column: codec, encodings and sizes over all row groups.</summary>
    public static IEnumerable<string> Describe(string path)
    {
        using ParquetFileReader file = new(path);
        using FileMetaData metadata = file.FileMetaData;
        yield return $"{metadata.CreatedBy}; {metadata.NumRowGroups} row groups; "
            + string.Join(", ", metadata.KeyValueMetadata.Select(p => $"{p.Key}={p.Value}"));
        for (int c = 0; c < metadata.NumColumns; c++)
        {
            long size = 0;
            string details = "";
            for (int g = 0; g < metadata.NumRowGroups; g++)
            {
                using RowGroupReader group = file.RowGroup(g);
                using ColumnChunkMetaData chunk = group.MetaData.GetColumnChunkMetaData(c);
                using Statistics? statistics = chunk.Statistics;
                size += chunk.TotalCompressedSize;
                details =
                    $"{chunk.Compression} {string.Join('+', chunk.Encodings)} hasMinMax={statistics?.HasMinMax} nulls={statistics?.NullCount} min={statistics?.MinUntyped} max={statistics?.MaxUntyped}";
            }

            ColumnDescriptor column = metadata.Schema.Column(c);
            yield return $"{column.Name} {column.PhysicalType} {column.LogicalType}: {size:N0} bytes, {details}";
        }
    }

    private static ChunkRange ToRange(int group, string column, Statistics? statistics)
    {
        (long? min, long? max) = statistics switch
        {
            Statistics<long> { HasMinMax: true } longs => (longs.Min, longs.Max),
            Statistics<int> { HasMinMax: true } ints => (ints.Min, ints.Max),
            _ => ((long?)null, (long?)null),
        };
        return new ChunkRange(group, column, statistics?.NullCount, min, max);
    }

    private static void Read<T>(ColumnReader<T> reader, ColumnHash hash, Action<ColumnHash, T> add)
        where T : unmanaged
    {
        const int BatchSize = 4096;
        T[] values = new T[BatchSize];
        short[] levels = new short[BatchSize];
        bool isNullable = reader.ColumnDescriptor.MaxDefinitionLevel > 0;
        while (reader.HasNext)
        {
            long rows = reader.ReadBatch(BatchSize, isNullable ? levels : [], [], values, out long _);
            for (int row = 0, at = 0; row < rows; row++)
            {
                if (isNullable && levels[row] == 0)
                {
                    hash.AddNull();
                }
                else
                {
                    add(hash, values[at++]);
                }
            }
        }
    }
}
