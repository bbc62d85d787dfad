namespace Sluice.Project.Models;

/// <summary>Cuts a template into text, expressions, statements and comments.</summary>
internal static class TemplatePieces
{
    private static readonly (string Open, string Close, PieceKind Kind)[] Brackets =
    [
        ("{{", "}}", PieceKind.Expression),
        ("{%", "%}", PieceKind.Statement),
        ("{#", "#}", PieceKind.Comment),
    ];

    public static IEnumerable<TemplatePiece> Split(string template)
    {
        var at = 0;
        while (at < template.Length)
        {
            var (begin, bracket) = NextBracket(template, at);
            if (begin > at)
            {
                yield return new(PieceKind.Text, template[at..begin], LineAt(template, at));
            }

            if (begin == template.Length)
            {
                yield break;
            }

            var end = template.IndexOf(bracket.Close, begin + 2, StringComparison.Ordinal);
            if (end < 0)
            {
                yield return new(PieceKind.Unclosed, bracket.Open, LineAt(template, begin));
                yield break;
            }

            // A minus beside a bracket asks for the white space around to go; SQL does not mind it.
            yield return new(bracket.Kind, template[(begin + 2)..end].Trim('-').Trim(), LineAt(template, begin));
            at = end + 2;
        }
    }

    private static (int Begin, (string Open, string Close, PieceKind Kind) Bracket) NextBracket(
        string template,
        int from
    )
    {
        var best = (Begin: template.Length, Bracket: Brackets[0]);
        foreach (var bracket in Brackets)
        {
            var begin = template.IndexOf(bracket.Open, from, StringComparison.Ordinal);
            if (begin >= 0 && begin < best.Begin)
            {
                best = (begin, bracket);
            }
        }

        return best;
    }

    private static int LineAt(string template, int index) => 1 + template.AsSpan(0, index).Count('\n');
}
