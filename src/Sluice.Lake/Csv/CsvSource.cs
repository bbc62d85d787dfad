using System.Runtime.CompilerServices;
using System.Text;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sylvan.Data.Csv;

namespace Sluice.Lake.Csv;

/// <summary>A CSV file as a source of one table. The first line names the columns; an empty field is null.</summary>
/// <remarks>UTF-8. Comma, semicolon, tab or bar, whichever the first line uses. Fields up to 64 MB.</remarks>
public sealed class CsvSource : ISource
{
    private const int LongestField = 64 << 20;

    private readonly string _path;
    private readonly TimeProvider _clock;

    /// <summary>Names the file; it is opened by each method anew.</summary>
    public CsvSource(string path, TimeProvider clock) => (_path, _clock) = (path, clock);

    /// <inheritdoc/>
    public Task<DateTimeOffset> ReadClockAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(_clock.GetUtcNow());

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string>>([Path.GetFileNameWithoutExtension(_path)]);

    /// <inheritdoc/>
    /// <remarks>Types are inferred from the first 10,000 rows, unless the table gives them.</remarks>
    public async Task<TableSchema> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var rows = await OpenAsync(cancellationToken);
        var names = CsvHeader.Names(_path, rows);
        foreach (
            var name in table.Types.Keys.Concat(table.Key).Where(name => !names.Contains(name, StringComparer.Ordinal))
        )
        {
            throw new DefinitionException($"The file '{_path}' has no column '{name}'.", Nearest.Suggest(name, names));
        }

        var types = new CsvTypes(names.Count);
        while (types.WantsMore && Read(rows, names))
        {
            types.Look(rows);
        }

        return new(
            names.Select(
                (name, i) => new Column(name, table.Types.TryGetValue(name, out var given) ? given : types.TypeOf(i))
            )
        );
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RowPage> ReadAsync(
        SourceTable table,
        TableSchema schema,
        Func<CancellationToken, ValueTask<RowPage>> rent,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(rent);
        using var rows = await OpenAsync(cancellationToken);
        var names = CsvHeader.Names(_path, rows);
        var keys = schema.Columns.Select(column => table.Key.Contains(column.Name, StringComparer.Ordinal)).ToArray();
        var more = true;
        while (more)
        {
            var page = await rent(cancellationToken);
            more = Fill(rows, names, keys, page);
            if (page.Rows > 0)
            {
                yield return page;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool Fill(CsvDataReader rows, IReadOnlyList<string> names, bool[] keys, RowPage page)
    {
        const int RowsBetweenLooks = 256;
        while (Read(rows, names))
        {
            for (var i = 0; i < keys.Length; i++)
            {
                var field = rows.GetFieldSpan(i);
                if (field.IsEmpty)
                {
                    if (keys[i])
                    {
                        throw Bad(rows.RowNumber, names[i], "the key is empty", hint: null);
                    }

                    page.Columns[i].AppendNull();
                }
                else if (!CsvField.TryAppend(field, page.Columns[i]))
                {
                    var type = page.Columns[i].Column.Type;
                    throw Bad(
                        rows.RowNumber,
                        names[i],
                        $"'{Shorten(field)}' is no {type}",
                        $"Correct the value, or say that the column is text: --type {names[i]}=string."
                    );
                }
            }

            if (page.Rows % RowsBetweenLooks == 0 && page.IsFull)
            {
                return true;
            }
        }

        return false;
    }

    private bool Read(CsvDataReader rows, IReadOnlyList<string> names)
    {
        try
        {
            if (!rows.Read())
            {
                return false;
            }
        }
        catch (Exception malformed) when (malformed is CsvFormatException or DecoderFallbackException)
        {
            var reason = malformed is DecoderFallbackException ? "it is not UTF-8" : malformed.Message;
            throw Bad(
                rows.RowNumber + 1,
                names[0],
                $"the row cannot be read: {reason}",
                "Write the file as UTF-8 with quotes doubled inside quoted fields."
            );
        }

        if (rows.RowFieldCount != names.Count)
        {
            var column = names[Math.Min(rows.RowFieldCount, names.Count - 1)];
            throw Bad(
                rows.RowNumber,
                column,
                $"the row has {rows.RowFieldCount} fields and the first line {names.Count}",
                hint: null
            );
        }

        return true;
    }

    private PipelineException Bad(int row, string column, string what, string? hint) =>
        new($"{_path}:{CsvLine.Of(_path, row)}: column '{column}': {what}. Nothing of the file was loaded.")
        {
            Hint = hint,
        };

    private static string Shorten(ReadOnlySpan<char> field) =>
        field.Length <= 40 ? field.ToString() : $"{field[..40]}…";

    private async Task<CsvDataReader> OpenAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
        {
            throw new PipelineException($"The file '{_path}' is not there.");
        }

        var text = new StreamReader(
            _path,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
        );
        try
        {
            var options = new CsvDataReaderOptions
            {
                BufferSize = 1 << 16,
                MaxBufferSize = LongestField,
                OwnsReader = true,
            };
            return await CsvDataReader.CreateAsync(text, options, cancellationToken);
        }
        catch (Exception malformed)
            when (malformed is CsvFormatException or DecoderFallbackException or CsvMissingHeadersException)
        {
            text.Dispose();
            throw new PipelineException(
                $"{_path}:1: the file has no line that names its columns: {malformed.Message}",
                malformed
            );
        }
    }
}
