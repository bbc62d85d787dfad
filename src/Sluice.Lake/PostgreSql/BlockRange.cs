using System.Globalization;
using Sluice.Core.Extraction;

namespace Sluice.Lake.PostgreSql;

/// <summary>Pages of a table without a key: a few blocks of its file each, in the order in which they lie.</summary>
internal static class BlockRange
{
    /// <summary>PostgreSQL's name for the place of a row: its block and its number within it.</summary>
    public const string Column = "ctid";

    // So that no statement reads more than 16 MiB of an empty table.
    private const long MaxBlocks = 2048;

    /// <summary>The place before a block's first row.</summary>
    public static SourceBound At(long block) =>
        new([WireLiteral.Of(string.Create(CultureInfo.InvariantCulture, $"({block},0)"), "tid")], IsInclusive: true);

    /// <summary>The part of a range that one page reads.</summary>
    /// <returns>The request for it, and where the part after it begins; null where it is the last.</returns>
    public static (PageRequest Part, SourceBound? After) First(
        PageRequest request,
        PostgreSqlRelation relation,
        int rows
    )
    {
        var blocks = Math.Clamp((long)(rows / Math.Max(relation.RowsPerBlock, 0.001)), 1, MaxBlocks);
        var end = (request.Lower is { } lower ? BlockOf(lower) : 0) + blocks;
        if (end >= (request.Upper is { } upper ? BlockOf(upper) : relation.Blocks))
        {
            return (request, null);
        }

        var rest = At(end);
        return (request with { Upper = rest }, rest);
    }

    /// <summary>Even cuts of a range.</summary>
    public static IReadOnlyList<SourceBound> Split(PageRequest request, PostgreSqlRelation relation, int parts)
    {
        var first = request.Lower is { } lower ? BlockOf(lower) : 0;
        var end = request.Upper is { } upper ? BlockOf(upper) : relation.Blocks;
        var count = Math.Min(parts, end - first);
        return
        [
            .. Enumerable
                .Range(1, (int)Math.Max(0, count - 1))
                .Select(part => At(first + ((end - first) * part / count))),
        ];
    }

    // Every bound was written here or came from the server as '(block,row)'::tid.
    private static long BlockOf(SourceBound bound)
    {
        var text = bound.Values[0];
        var (start, comma) = (text.IndexOf('(', StringComparison.Ordinal), text.IndexOf(',', StringComparison.Ordinal));
        return long.Parse(text.AsSpan((start + 1)..comma), CultureInfo.InvariantCulture);
    }
}
