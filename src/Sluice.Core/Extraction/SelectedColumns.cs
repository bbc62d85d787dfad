using System.Security.Cryptography;
using System.Text;
using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>The columns that a load takes: what the source reads, what they are called in the lake, and which values are replaced.</summary>
internal sealed class SelectedColumns
{
    private readonly List<(int Column, ColumnRule Rule, byte[] Text)> _replaced = [];

    /// <summary>Applies what the user wants to what the source has.</summary>
    /// <param name="table">What the user wants.</param>
    /// <param name="shape">What the source has.</param>
    /// <exception cref="PipelineException">The user names a column that the source lacks, or two columns have one name.</exception>
    public SelectedColumns(SourceTable table, SourceShape shape)
    {
        ThrowIfMissing(table, shape);
        Read = shape.Columns;
        for (var i = 0; i < Read.Count; i++)
        {
            if (table.Columns.TryGetValue(Read[i].Name, out var rule) && (rule.IsHashed || rule.Mask is not null))
            {
                _replaced.Add((i, rule, Encoding.UTF8.GetBytes(rule.Mask ?? rule.Salt ?? "")));
            }
        }

        var columns = Read.Select(column => new Column(NameOf(table, column.Name), column.Type)).ToList();
        var twice = columns
            .GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new PipelineException($"Two columns of {table.Name} would be called '{twice.Key}' in the lake.")
            {
                Hint = $"Rename one of them: tables: {{{table.Name}: {{columns: {{{twice.Key}: {{rename: …}}}}}}}}.",
            };
        }

        Lake = new TableSchema(columns);
    }

    /// <summary>What the source reads, in the order of the page.</summary>
    public IReadOnlyList<SourceColumn> Read { get; }

    /// <summary>The same columns as the lake has them.</summary>
    public TableSchema Lake { get; }

    /// <summary>The name that a column of the source has in the lake.</summary>
    public static string NameOf(SourceTable table, string column) =>
        table.Columns.TryGetValue(column, out var rule) ? rule.Rename ?? column : column;

    /// <summary>Replaces what may not leave the source as it is. Nulls stay null.</summary>
    public void Replace(RowPage page)
    {
        foreach (var (column, rule, text) in _replaced)
        {
            var buffer = (BytesColumnBuffer)page.Columns[column];
            if (rule.IsHashed)
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                buffer.Rewrite(2 * SHA256.HashSizeInBytes, (value, target) => Hash(hash, text, value, target));
            }
            else
            {
                buffer.Rewrite(text.Length, (_, target) => text.CopyTo(target));
            }
        }
    }

    private static void Hash(IncrementalHash hash, byte[] salt, ReadOnlySpan<byte> value, Span<byte> target)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.AppendData(salt);
        hash.AppendData(value);
        hash.GetHashAndReset(digest);
        Convert.TryToHexStringLower(digest, target, out _);
    }

    private static void ThrowIfMissing(SourceTable table, SourceShape shape)
    {
        var wanted = table.Selected.Concat(
            table.Columns.Where(rule => !rule.Value.IsExcluded).Select(rule => rule.Key)
        );
        if (table.Cursor is { } cursor)
        {
            wanted = wanted.Append(cursor);
        }

        foreach (var name in wanted.Concat(table.Key))
        {
            if (shape.Find(name) is null)
            {
                throw new PipelineException($"The table {table.Name} has no column '{name}' in the source.")
                {
                    Hint = Nearest.Suggest(name, shape.Columns.Select(column => column.Name)),
                };
            }
        }
    }
}
