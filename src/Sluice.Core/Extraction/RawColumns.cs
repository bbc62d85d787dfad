using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>The columns that every raw table has after those of its source.</summary>
public static class RawColumns
{
    /// <summary>The partition: local date of the interval's start. Kept in the path and the log, not in the files.</summary>
    public const string Ds = "ds";

    /// <summary>What happened to the row: <c>upsert</c> or <c>delete</c>.</summary>
    public const string Op = "_op";

    /// <summary>When the row was read.</summary>
    public const string ExtractedAt = "_extracted_at";

    /// <summary>The order of the rows within a load; from load to load it grows, unless two loads run at once.</summary>
    public const string Seq = "_seq";

    private static readonly Column[] Stored =
    [
        new(Op, ColumnKind.String),
        new(ExtractedAt, ColumnKind.Timestamp),
        new(Seq, ColumnKind.Long),
    ];

    /// <summary>The columns that the data files hold.</summary>
    /// <exception cref="PipelineException">A source column has one of these names.</exception>
    public static TableSchema ForFiles(TableId table, TableSchema source)
    {
        ArgumentNullException.ThrowIfNull(source);
        foreach (var name in new[] { Ds, Op, ExtractedAt, Seq })
        {
            if (source.Find(name) is { } taken)
            {
                throw new PipelineException(
                    $"The column '{taken.Name}' of {table} has a name that the lake needs for itself."
                )
                {
                    Hint = "Rename it in the source, or read a view that gives it another name.",
                };
            }
        }

        return new([.. source.Columns, .. Stored]);
    }

    /// <summary>The columns of the table: those of the files and the partition.</summary>
    public static TableSchema ForTable(TableSchema files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new([.. files.Columns, new Column(Ds, ColumnKind.Date)]);
    }

    /// <summary>The columns that the data files of a table hold: all but the partition.</summary>
    public static TableSchema OfFiles(TableSchema table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(table.Columns.Where(column => column.Name != Ds));
    }

    /// <summary>Fills the stored columns of a page and writes it.</summary>
    /// <returns>Its rows.</returns>
    public static int Write(IPageWriter writer, RowPage page, long extractedAtMicros, long firstSeq)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(page);
        var rows = page.Rows;
        Fill(page, rows, extractedAtMicros, firstSeq);
        writer.Write(page);
        return rows;
    }

    /// <summary>Fills the stored columns of a page whose source columns are filled.</summary>
    /// <param name="page">A page of the columns that <see cref="ForFiles"/> gave.</param>
    /// <param name="rows">Rows that the source filled.</param>
    /// <param name="extractedAtMicros">When they were read.</param>
    /// <param name="firstSeq">The place of the first of them in the table's order.</param>
    public static void Fill(RowPage page, int rows, long extractedAtMicros, long firstSeq)
    {
        ArgumentNullException.ThrowIfNull(page);
        var op = (BytesColumnBuffer)page.Columns[^3];
        var extractedAt = (FixedColumnBuffer<long>)page.Columns[^2];
        var seq = (FixedColumnBuffer<long>)page.Columns[^1];
        op.AppendRows("upsert"u8, rows);
        extractedAt.AppendRows(rows).Fill(extractedAtMicros);
        var places = seq.AppendRows(rows);
        for (var row = 0; row < places.Length; row++)
        {
            places[row] = firstSeq + row;
        }
    }
}
