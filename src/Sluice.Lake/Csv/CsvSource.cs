using System.Runtime.CompilerServices;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Lake.Csv;

/// <summary>A CSV file as a source of one table. The first line names the columns; an empty field is null.</summary>
/// <param name="path">Its path; it is opened by each method anew.</param>
/// <remarks>UTF-8. Comma, semicolon, tab or bar, whichever the first line uses. Fields up to 64 MB.</remarks>
public sealed class CsvSource(string path) : IRowFeed
{
    /// <inheritdoc/>
    /// <remarks>Types are inferred from the first 10,000 rows, unless the table gives them.</remarks>
    public async Task<TableSchema> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var rows = await CsvRows.OpenAsync(path, cancellationToken);
        var wanted = table.Columns.Keys.Concat(table.Key);
        if (wanted.FirstOrDefault(name => !rows.Names.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw new DefinitionException(
                $"The file '{path}' has no column '{unknown}'.",
                Nearest.Suggest(unknown, rows.Names)
            );
        }

        var types = new CsvTypes(rows.Names.Count);
        while (types.WantsMore && rows.Read())
        {
            types.Look(rows);
        }

        return new(rows.Names.Select((name, i) => new Column(name, table.TypeOf(name) ?? types.TypeOf(i))));
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
        using var rows = await CsvRows.OpenAsync(path, cancellationToken);
        var keys = schema.Columns.Select(column => table.Key.Contains(column.Name, StringComparer.Ordinal)).ToArray();
        var more = true;
        while (more)
        {
            var page = await rent(cancellationToken);
            more = Fill(rows, keys, page);
            if (page.Rows > 0)
            {
                yield return page;
            }
        }
    }

    private static bool Fill(CsvRows rows, bool[] keys, RowPage page)
    {
        while (rows.Read())
        {
            for (var i = 0; i < keys.Length; i++)
            {
                var field = rows[i];
                if (!field.IsEmpty && !CsvField.TryAppend(field, page.Columns[i]))
                {
                    var column = page.Columns[i].Column;
                    throw rows.Bad(
                        i,
                        $"'{Shorten(field)}' is no {column.Type}",
                        $"Correct the value, or say that the column is text: --type {column.Name}=string."
                    );
                }

                if (field.IsEmpty)
                {
                    page.Columns[i].AppendNull();
                    if (keys[i])
                    {
                        throw rows.Bad(i, "the key is empty");
                    }
                }
            }

            if (page.IsFull)
            {
                return true;
            }
        }

        return false;
    }

    private static string Shorten(ReadOnlySpan<char> field) =>
        field.Length <= 40 ? field.ToString() : $"{field[..40]}…";
}
