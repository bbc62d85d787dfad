namespace Sluice.Project.Templates.Evaluation;

/// <summary>Which line of a template each piece of its text came from. What a macro prints came from the line that called it.</summary>
internal sealed class LineMap
{
    private readonly List<(int At, int Line, bool IsText)> _pieces = [];

    /// <summary>Notes a piece.</summary>
    /// <param name="at">Where it begins in the text that is made.</param>
    /// <param name="line">The template's line on which it begins.</param>
    /// <param name="isText">Whether its line ends are those of the template, too.</param>
    public void Add(int at, int line, bool isText) => _pieces.Add((at, line, isText));

    /// <summary>The template's line behind a line of the text, both 1-based: that of the first sign on it. Null beyond the text.</summary>
    public int? LineOf(string text, int line)
    {
        var start = 0;
        for (var i = 1; i < line; i++)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
            {
                return null;
            }

            start = end + 1;
        }

        while (start < text.Length && text[start] is ' ' or '\t')
        {
            start++;
        }

        var piece = _pieces.FindLast(piece => piece.At <= start);
        return piece.Line == 0 ? null
            : piece.IsText ? piece.Line + text.AsSpan(piece.At, start - piece.At).Count('\n')
            : piece.Line;
    }
}
