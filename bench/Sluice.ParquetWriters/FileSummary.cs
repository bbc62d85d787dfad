namespace Sluice.ParquetWriters;

/// <summary>The contents of a file, reduced to what two readers must agree on.</summary>
public sealed class FileSummary(IEnumerable<string> columns)
{
    public IReadOnlyDictionary<string, ColumnHash> Hashes { get; } =
        columns.ToDictionary(c => c, _ => new ColumnHash());

    public List<ChunkRange> Ranges { get; } = [];

    /// <summary>Summarises the generated pages themselves: the truth the files are compared with.</summary>
    public static FileSummary OfGenerator(long rows)
    {
        EventPage page = new(EventPageGenerator.PageSize);
        FileSummary summary = new(page.Columns.Select(c => c.Name));
        EventPageGenerator generator = new(rows);
        for (int group = 0; generator.Fill(page); group++)
        {
            foreach (PageColumn column in page.Columns)
            {
                Add(summary.Hashes[column.Name], column);
                summary.Ranges.Add(RangeOf(group, column));
            }
        }

        return summary;
    }

    /// <summary>Everything in which the other summary differs from this one.</summary>
    public IEnumerable<string> Differences(FileSummary other)
    {
        foreach ((string column, ColumnHash hash) in Hashes)
        {
            if (hash.ToString() != other.Hashes[column].ToString())
            {
                yield return $"{column}: expected {hash}, read {other.Hashes[column]}";
            }
        }

        foreach ((ChunkRange expected, ChunkRange actual) in Ranges.Zip(other.Ranges))
        {
            if (expected != actual)
            {
                yield return $"statistics: expected {expected}, read {actual}";
            }
        }

        if (Ranges.Count != other.Ranges.Count)
        {
            yield return $"statistics: expected {Ranges.Count} chunks, read {other.Ranges.Count}";
        }
    }

    private static void Add(ColumnHash hash, PageColumn column)
    {
        for (int row = 0, at = 0; row < column.RowCount; row++)
        {
            if (column.IsNull(row))
            {
                hash.AddNull();
                continue;
            }

            switch (column)
            {
                case FixedColumn<long> longs:
                    hash.Add(longs.Values[at]);
                    break;
                case FixedColumn<int> ints:
                    hash.Add((long)ints.Values[at]);
                    break;
                case FixedColumn<double> doubles:
                    hash.Add(doubles.Values[at]);
                    break;
                case Utf8Column strings:
                    hash.Add(strings.Value(at));
                    break;
                default:
                    throw new NotSupportedException($"No checksum for column '{column.Name}'.");
            }

            at++;
        }
    }

    private static ChunkRange RangeOf(int group, PageColumn column)
    {
        (long? min, long? max) = column switch
        {
            FixedColumn<long> longs => (longs.ValuesMemory.ToArray().Min(), longs.ValuesMemory.ToArray().Max()),
            FixedColumn<int> ints => (ints.ValuesMemory.ToArray().Min(), ints.ValuesMemory.ToArray().Max()),
            _ => ((long?)null, (long?)null),
        };
        return new ChunkRange(group, column.Name, column.NullCount, min, max);
    }
}
