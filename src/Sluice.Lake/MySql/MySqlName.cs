using System.Text;

namespace Sluice.Lake.MySql;

/// <summary>The name of a table, with its database where that is not the session's own.</summary>
/// <remarks>
/// A dot parts the two; a name that itself has a dot or a backtick is written in backticks, as in SQL:
/// <c>orders</c>, <c>shop.orders</c>, <c>`old.orders`</c>.
/// </remarks>
/// <param name="Database">The database; null for the session's own.</param>
/// <param name="Table">The table.</param>
internal readonly record struct MySqlName(string? Database, string Table)
{
    /// <summary>The name as it stands in a statement.</summary>
    public string Quoted => Database is null ? Quote(Table) : $"{Quote(Database)}.{Quote(Table)}";

    /// <summary>A name in backticks: any text is safe in it.</summary>
    public static string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    /// <summary>A text in single quotes.</summary>
    public static string Literal(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Reads a name as the user writes it. Text that is no such name is taken as the name of a table.</summary>
    public static MySqlName Parse(string text)
    {
        var rest = text.AsSpan();
        if (!TryReadPart(ref rest, out var first))
        {
            return new(null, text);
        }

        if (rest.IsEmpty)
        {
            return new(null, first);
        }

        rest = rest[1..];
        return TryReadPart(ref rest, out var second) && rest.IsEmpty ? new(first, second) : new(null, text);
    }

    /// <summary>The name as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Database is null ? Write(Table) : $"{Write(Database)}.{Write(Table)}";

    private static string Write(string part) => part.AsSpan().IndexOfAny('.', '`') < 0 ? part : Quote(part);

    // Up to a dot or the end, which stays in the rest.
    private static bool TryReadPart(ref ReadOnlySpan<char> rest, out string part)
    {
        if (rest.IsEmpty || rest[0] != '`')
        {
            var end = rest.IndexOf('.') is >= 0 and var dot ? dot : rest.Length;
            part = rest[..end].ToString();
            rest = rest[end..];
            return part.Length > 0;
        }

        var name = new StringBuilder();
        rest = rest[1..];
        while (rest.IndexOf('`') is >= 0 and var quote)
        {
            name.Append(rest[..quote]);
            rest = rest[(quote + 1)..];
            if (rest.IsEmpty || rest[0] != '`')
            {
                part = name.ToString();
                return part.Length > 0 && (rest.IsEmpty || rest[0] == '.');
            }

            name.Append('`');
            rest = rest[1..];
        }

        part = "";
        return false;
    }
}
