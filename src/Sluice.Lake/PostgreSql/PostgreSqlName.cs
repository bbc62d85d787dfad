using System.Text;
using Sluice.Core.Sql;

namespace Sluice.Lake.PostgreSql;

/// <summary>The name of a table: <c>table</c>, <c>schema.table</c>, each part in double quotes where it has a dot or a quote in it.</summary>
/// <remarks>Names are what the catalog has: letters are not folded to lower case.</remarks>
/// <param name="Schema">The schema; null where none is given.</param>
/// <param name="Table">The table.</param>
internal readonly record struct PostgreSqlName(string? Schema, string Table)
{
    /// <summary>Reads a name as the user wrote it. What is no such name is taken as the name of a table.</summary>
    public static PostgreSqlName Parse(string text)
    {
        var at = 0;
        if (!TryReadPart(text, ref at, out var first))
        {
            return new(null, text);
        }

        if (at == text.Length)
        {
            return new(null, first);
        }

        at++;
        return TryReadPart(text, ref at, out var second) && at == text.Length ? new(first, second) : new(null, text);
    }

    /// <summary>The name for a statement.</summary>
    public string Quoted =>
        Schema is null ? SqlIdentifier.Quote(Table) : $"{SqlIdentifier.Quote(Schema)}.{SqlIdentifier.Quote(Table)}";

    /// <summary>The name as a user writes it.</summary>
    public override string ToString() => Schema is null ? Written(Table) : $"{Written(Schema)}.{Written(Table)}";

    private static string Written(string part) =>
        part.AsSpan().ContainsAny('.', '"') ? SqlIdentifier.Quote(part) : part;

    private static bool TryReadPart(string text, ref int at, out string part)
    {
        if (at >= text.Length || text[at] != '"')
        {
            var dot = text.IndexOf('.', at);
            var end = dot < 0 ? text.Length : dot;
            part = text[at..end];
            at = end;
            return part.Length > 0;
        }

        var name = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                name.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                name.Append(text[at++]);
            }
            else
            {
                at++;
                part = name.ToString();
                return part.Length > 0 && (at == text.Length || text[at] == '.');
            }
        }

        part = "";
        return false;
    }
}
