using System.Text;
using Sluice.Core;
using Sylvan.Data.Csv;

namespace Sluice.Lake.Csv;

/// <summary>The rows of an open CSV file; what is wrong with one is said with file, line and column.</summary>
internal sealed class CsvRows : IDisposable
{
    private const int LongestField = 64 << 20;

    private readonly string _path;
    private readonly char _delimiter;
    private readonly CsvDataReader _reader;

    private CsvRows(string path, char delimiter, CsvDataReader reader, IReadOnlyList<string> names) =>
        (_path, _delimiter, _reader, Names) = (path, delimiter, reader, names);

    /// <summary>The columns, as the first line names them.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Opens the file and reads its first line.</summary>
    /// <exception cref="PipelineException">The file is not there, or its first line names no columns.</exception>
    public static async Task<CsvRows> OpenAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new PipelineException($"The file '{path}' is not there.");
        }

        var text = new StreamReader(
            path,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
        );
        try
        {
            var delimiter = CsvDelimiter.Of(path);
            var options = new CsvDataReaderOptions
            {
                Delimiter = delimiter,
                BufferSize = 1 << 16,
                MaxBufferSize = LongestField,
                OwnsReader = true,
            };
            var reader = await CsvDataReader.CreateAsync(text, options, cancellationToken);
            return new(path, delimiter, reader, CsvHeader.Names(path, reader));
        }
        catch (DecoderFallbackException)
        {
            text.Dispose();
            throw NotUtf8(path);
        }
        catch (Exception malformed) when (malformed is CsvFormatException or CsvMissingHeadersException)
        {
            text.Dispose();
            throw new PipelineException(
                $"{path}:1: the file has no line that names its columns: {malformed.Message}",
                malformed
            );
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>The field of the current row; empty where the row has none there.</summary>
    public ReadOnlySpan<char> this[int column] => _reader.GetFieldSpan(column);

    /// <summary>Goes to the next row. Empty lines are no rows, unless the file has a single column.</summary>
    /// <exception cref="PipelineException">The row is broken, or has more or fewer fields than the first line.</exception>
    public bool Read()
    {
        try
        {
            do
            {
                if (!_reader.Read())
                {
                    return false;
                }
            } while (Names.Count > 1 && _reader.RowFieldCount == 1 && _reader.GetFieldSpan(0).IsEmpty);
        }
        catch (DecoderFallbackException)
        {
            throw NotUtf8(_path);
        }
        catch (CsvFormatException malformed)
        {
            throw new PipelineException(
                $"{_path}:{LineOf(_reader.RowNumber + 1)}: the row cannot be read: {malformed.Message.TrimEnd('.')}. Nothing of the file was loaded.",
                malformed
            )
            {
                Hint = "Put quotes around the field and double the quotes inside it.",
            };
        }

        var fields = _reader.RowFieldCount;
        return fields == Names.Count
            ? true
            : throw Bad(
                Math.Min(fields, Names.Count - 1),
                $"the row has {fields} fields and the first line {Names.Count}"
            );
    }

    /// <summary>What is wrong with a column of the current row.</summary>
    public PipelineException Bad(int column, string what, string? hint = null) =>
        new($"{_path}:{LineOf(_reader.RowNumber)}: column '{Names[column]}': {what}. Nothing of the file was loaded.")
        {
            Hint = hint,
        };

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private int LineOf(int row) => CsvLine.Of(_path, _delimiter, row);

    private static PipelineException NotUtf8(string path)
    {
        using var file = File.OpenRead(path);
        return new($"{path}:{Utf8Lines.FirstBad(file)}: the line is not UTF-8. Nothing of the file was loaded.")
        {
            Hint = "Convert the file, for example: iconv -f latin1 -t utf8 FILE.",
        };
    }
}
