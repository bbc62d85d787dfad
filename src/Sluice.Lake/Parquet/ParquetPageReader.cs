using ParquetSharp;
using Sluice.Core.Tables;

namespace Sluice.Lake.Parquet;

/// <summary>Reads a data file page by page, with the checksum of every page looked at. For one thread at a time.</summary>
internal sealed class ParquetPageReader : IDisposable
{
    // Wide rows fill a page long before it has all the rows it may have.
    private const int BatchRows = 1024;

    private const long BufferBytes = 64 << 10;

    private readonly ParquetFileReader _file;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Opens a file and reads its footer.</summary>
    /// <exception cref="InvalidDataException">It is missing, or no whole Parquet file.</exception>
    public ParquetPageReader(string path)
    {
        try
        {
            using var properties = ParquetMemory.ReaderProperties();
            properties.EnablePageChecksumVerification();

            // Otherwise the whole of every column of a row group is read before its first value.
            properties.EnableBufferedStream();
            properties.BufferSize = BufferBytes;
            _file = new ParquetFileReader(path, properties);
            for (var i = 0; i < _file.FileMetaData.NumColumns; i++)
            {
                _columns[_file.FileMetaData.Schema.Column(i).Name] = i;
            }
        }
        catch (ParquetException damage)
        {
            throw Damaged(damage);
        }
    }

    /// <summary>Rows in the file, as its footer tells.</summary>
    public long Rows => _file.FileMetaData.NumRows;

    /// <summary>Reads the file from its first row to its last.</summary>
    /// <param name="page">A page of the columns that are wanted; filled again and again. A column that the file lacks is null.</param>
    /// <returns>The page, whenever it is full, and once at the end of each row group.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or a column is of another type.</exception>
    public IEnumerable<RowPage> Read(RowPage page)
    {
        for (var i = 0; i < _file.FileMetaData.NumRowGroups; i++)
        {
            using var group = Guard(() => _file.RowGroup(i));
            var copies = new List<ParquetColumnCopy?>();
            try
            {
                Guard(() => copies.AddRange(page.Schema.Columns.Select(column => CopyOf(group, column))));
                page.Clear();
                for (var left = group.MetaData.NumRows; left > 0; )
                {
                    var rows = (int)Math.Min(left, BatchRows);
                    Guard(() => Fill(page, copies, rows));
                    left -= rows;
                    if (page.IsFull || left == 0)
                    {
                        yield return page;
                        page.Clear();
                    }
                }
            }
            finally
            {
                copies.ForEach(copy => copy?.Dispose());
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private ParquetColumnCopy? CopyOf(RowGroupReader group, Core.Tables.Column column) =>
        _columns.TryGetValue(column.Name, out var at) ? ParquetColumnCopy.Of(group.Column(at), column.Type) : null;

    private static void Fill(RowPage page, List<ParquetColumnCopy?> copies, int rows)
    {
        for (var i = 0; i < copies.Count; i++)
        {
            if (copies[i] is { } copy)
            {
                copy.Fill(page.Columns[i], rows);
                continue;
            }

            for (var row = 0; row < rows; row++)
            {
                page.Columns[i].AppendNull();
            }
        }
    }

    private static void Guard(Action action) =>
        Guard(() =>
        {
            action();
            return true;
        });

    private static T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (ParquetException damage)
        {
            throw Damaged(damage);
        }
    }

    private static InvalidDataException Damaged(ParquetException damage) =>
        new(damage.Message.Split('\n', 2)[0], damage);
}
