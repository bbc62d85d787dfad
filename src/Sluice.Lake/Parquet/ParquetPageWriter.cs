using ParquetSharp;
using Sluice.Core.Tables;
using Sluice.Lake.Files;
using Sluice.Lake.Sources;

namespace Sluice.Lake.Parquet;

/// <summary>Writes pages as row groups of zstd Parquet files; begins a new file once one is large. For one thread at a time.</summary>
/// <remarks>See docs/adr/0003-parquet-writer.md for the choice of the library and of these settings.</remarks>
internal sealed class ParquetPageWriter : IPageWriter, IDisposable
{
    private const long UsualFileBytes = 256L << 20;

    // A dictionary that outgrows this is given up for the rest of its row group.
    private const long DictionaryBytes = 1L << 20;
    private const int ZstdLevel = 3;

    // Each column of an open row group holds an unfinished page.
    private const long PageBytes = 256L << 10;

    private readonly string _folder;
    private readonly TableSchema _schema;
    private readonly bool _isGentle;
    private readonly long _targetFileBytes;
    private readonly List<StagedFile> _finished = [];
    private ParquetFile? _current;

    /// <summary>Opens a writer.</summary>
    /// <param name="folder">Where its files go.</param>
    /// <param name="schema">Their columns.</param>
    /// <param name="isGentle">Whether the threads that write let others go first, and stay so.</param>
    /// <param name="targetFileBytes">Bytes after which the next page goes into another file.</param>
    public ParquetPageWriter(
        string folder,
        TableSchema schema,
        bool isGentle = false,
        long targetFileBytes = UsualFileBytes
    ) => (_folder, _schema, _isGentle, _targetFileBytes) = (folder, schema, isGentle, targetFileBytes);

    public long OpenBytes => _current?.Bytes ?? 0;

    public void Write(RowPage page)
    {
        if (page.Rows == 0)
        {
            return;
        }

        if (_isGentle)
        {
            GentleThread.Enter();
        }

        var path = _current?.Path ?? Path.Combine(_folder, $"{Guid.NewGuid():N}.parquet");
        try
        {
            _current ??= new ParquetFile(path, _schema, Properties(page));
            _current.Write(page);
            if (_current.Bytes >= _targetFileBytes)
            {
                FinishCurrent();
            }
        }
        catch (ParquetException failure)
        {
            throw StorageFault.Of(failure, path);
        }
    }

    public IReadOnlyList<StagedFile> Finish()
    {
        try
        {
            FinishCurrent();
            StagedFile[] finished = [.. _finished];
            _finished.Clear();
            return finished;
        }
        catch (ParquetException failure)
        {
            throw StorageFault.Of(failure, _folder);
        }
    }

    public void Dispose()
    {
        // Reached with a file still open only after a failure: its remains go away with the staging area.
        _current?.Dispose();
        _current = null;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static WriterProperties Properties(RowPage first)
    {
        using var builder = new WriterPropertiesBuilder();
        builder
            .Compression(Compression.Zstd)
            .CompressionLevel(ZstdLevel)
            .DictionaryPagesizeLimit(DictionaryBytes)
            .DataPagesize(PageBytes)
            .DataPageVersion(ParquetDataPageVersion.V1)
            .EnableStatistics()
            .EnablePageChecksum()
            .CreatedBy("Sluice");
        foreach (var column in first.Columns)
        {
            if (ColumnEncoding.Of(column) is { } encoding)
            {
                builder.DisableDictionary(column.Column.Name).Encoding(column.Column.Name, encoding);
            }
        }

        if (ParquetMemory.Pool is { } pool)
        {
            builder.MemoryPool(pool);
        }

        return builder.Build();
    }

    private void FinishCurrent()
    {
        if (_current is { } file)
        {
            _current = null;
            using (file)
            {
                _finished.Add(file.Close());
            }
        }
    }
}
