using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Core.Reconciling;

/// <summary>How a table is compared by checksums of ranges of its key.</summary>
/// <param name="Key">The key: one column of integers, so that the lake can say which of its rows lie in a range of the source.</param>
/// <param name="KeyInLake">What it is called in the lake.</param>
/// <param name="Columns">The columns of the checksum, by their names in the lake, and how each is written.</param>
/// <param name="WhyRead">Why the rows have to be read for their checksum; null where the source computes it.</param>
internal sealed record DigestPlan(
    SourceColumn Key,
    string KeyInLake,
    IReadOnlyList<(Column Column, DigestForm Form)> Columns,
    string? WhyRead
)
{
    /// <summary>Plans the comparison.</summary>
    /// <param name="source">The session.</param>
    /// <param name="table">What the user wants.</param>
    /// <param name="shape">What the source has; of the columns that are compared.</param>
    /// <param name="columns">The columns that are compared.</param>
    /// <param name="log">The log.</param>
    /// <returns>The plan, or why the table cannot be compared so.</returns>
    public static (DigestPlan? Plan, string? Why) Of(
        ISource source,
        SourceTable table,
        SourceShape shape,
        SelectedColumns columns,
        ChangeLog log
    )
    {
        if (log.Key is not [var name])
        {
            return (null, $"the key is of {log.Key.Count} columns");
        }

        var place = columns.Lake.Columns.ToList().FindIndex(column => column.Name == name);
        var key = columns.Read[place];
        var isInteger =
            columns.Lake.Columns[place].Type.Kind
                is ColumnKind.Byte
                    or ColumnKind.Short
                    or ColumnKind.Integer
                    or ColumnKind.Long
            && shape.UniqueKeys.Any(unique => unique.Count == 1 && unique[0] == key.Name);
        if (!isInteger)
        {
            return (null, $"the key '{name}' is no integer");
        }

        var forms = new List<(Column, DigestForm)>();
        string? why = null;
        foreach (var (read, lake) in columns.Read.Zip(columns.Lake.Columns))
        {
            var rule = table.Columns.GetValueOrDefault(read.Name);
            var isReplaced = rule is { IsHashed: true } or { Mask: not null };
            var form = isReplaced ? null : source.Digests?.FormOf(shape, read);
            why ??=
                source.Digests is null ? "the source computes no checksums"
                : isReplaced ? $"the values of '{lake.Name}' are replaced"
                : form is null ? $"the source cannot write '{lake.Name}' as the lake does"
                : null;
            forms.Add((lake, form ?? default));
        }

        if (why is not null)
        {
            forms = [.. columns.Lake.Columns.Select(column => (column, PageDigest.FormOf(column.Type)))];
        }

        return (new(key, name, forms, why), null);
    }
}
