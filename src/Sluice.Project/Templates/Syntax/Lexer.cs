using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Project.Templates.Syntax;

/// <summary>Cuts a template into tokens, as Jinja does with the settings that dbt uses: white space goes only where a minus asks for it.</summary>
internal sealed partial class Lexer
{
    private readonly string _file;
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;

    private Lexer(string file, string source) => (_file, _source) = (file, source);

    /// <summary>Reads the tokens; the last one is the end. Line ends become <c>\n</c>.</summary>
    /// <exception cref="TemplateException">A bracket or a text is never closed, or a sign means nothing.</exception>
    public static IReadOnlyList<Token> Read(string file, string source)
    {
        var lexer = new Lexer(file, source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'));
        lexer.ReadAll();
        return lexer._tokens;
    }

    private void ReadAll()
    {
        while (_at < _source.Length)
        {
            var open = NextBracket();
            var text = _source[_at..open];
            var stripped = open + 2 < _source.Length && _source[open + 2] == '-' ? text.TrimEnd() : text;
            if (stripped.Length > 0)
            {
                _tokens.Add(new(TokenKind.Text, stripped, _line));
            }

            Advance(open);
            if (open == _source.Length)
            {
                break;
            }

            switch (_source[open + 1])
            {
                case '#':
                    Comment();
                    break;
                case '%' when RawOpening().Match(_source, open) is { Success: true } raw:
                    Raw(raw);
                    break;
                case '%':
                    Bracket("{%", "%}", TokenKind.OpenStatement, TokenKind.CloseStatement);
                    break;
                default:
                    Bracket("{{", "}}", TokenKind.OpenExpression, TokenKind.CloseExpression);
                    break;
            }
        }

        _tokens.Add(new(TokenKind.End, "", _line));
    }

    private int NextBracket()
    {
        for (var at = _source.IndexOf('{', _at); at >= 0; at = _source.IndexOf('{', at + 1))
        {
            if (at + 1 < _source.Length && _source[at + 1] is '{' or '%' or '#')
            {
                return at;
            }
        }

        return _source.Length;
    }

    private void Comment()
    {
        var begin = _at + (HasSign(_at + 2) ? 3 : 2);
        var end = begin > _source.Length ? -1 : _source.IndexOf("#}", begin, StringComparison.Ordinal);
        if (end < 0)
        {
            throw NeverClosed("{#", _line);
        }

        var strips = end > begin && _source[end - 1] == '-';
        Advance(end + 2);
        if (strips)
        {
            SkipBlanks();
        }
    }

    private void Raw(Match opening)
    {
        var line = _line;
        Advance(opening.Index + opening.Length);
        var closing = RawClosing().Match(_source, _at);
        if (!closing.Success)
        {
            throw NeverClosed("{% raw %}", line);
        }

        var text = _source[_at..closing.Index];
        text = closing.Groups["open"].Value == "-" ? text.TrimEnd() : text;
        if (text.Length > 0)
        {
            _tokens.Add(new(TokenKind.Text, text, _line));
        }

        Advance(closing.Index + closing.Length);
    }

    private void Bracket(string open, string close, TokenKind opening, TokenKind closing)
    {
        var line = _line;
        _tokens.Add(new(opening, open, line));
        Advance(_at + (HasSign(_at + 2) ? 3 : 2));
        // Inside of parentheses a closing bracket closes nothing: {{ {'a': {'b': 1}} }}.
        var within = new Stack<char>();
        while (true)
        {
            SkipBlanks();
            if (_at == _source.Length)
            {
                throw NeverClosed(open, line);
            }

            if (within.Count == 0 && Closes(close, out var strips))
            {
                _tokens.Add(new(closing, close, _line));
                Advance(_at + (strips is null ? 2 : 3));
                if (strips == true)
                {
                    SkipBlanks();
                }

                return;
            }

            InBracket(within, open, line);
        }
    }

    private bool Closes(string close, out bool? strips)
    {
        strips = _source[_at] switch
        {
            '-' => true,
            '+' when close == "%}" => false,
            _ => null,
        };
        return string.CompareOrdinal(_source, _at + (strips is null ? 0 : 1), close, 0, 2) == 0;
    }

    private void InBracket(Stack<char> within, string open, int openLine)
    {
        var sign = _source[_at];
        if (sign is '\'' or '"')
        {
            Quoted(sign);
        }
        else if (Match(Number()) is { } number)
        {
            var kind = number.AsSpan().ContainsAny('.', 'e', 'E') ? TokenKind.Float : TokenKind.Integer;
            Add(kind, number.Replace("_", "", StringComparison.Ordinal), number.Length);
        }
        else if (Match(Word()) is { } name)
        {
            Add(TokenKind.Name, name, name.Length);
        }
        else if (Match(Signs()) is { } text)
        {
            switch (text)
            {
                case "(" or "[" or "{":
                    within.Push(text[0]);
                    break;
                case ")" or "]" or "}":
                    var wanted = within.Count == 0 ? '\0' : within.Pop();
                    if ((wanted, sign) is not (('(', ')') or ('[', ']') or ('{', '}')))
                    {
                        throw new TemplateException(
                            wanted == '\0'
                                ? $"'{text}' closes nothing."
                                : $"'{text}' stands where '{wanted}' should be closed.",
                            FormattableString.Invariant($"The '{open}' is on line {openLine}.")
                        ).At(_file, _line);
                    }

                    break;
            }

            Add(TokenKind.Sign, text, text.Length);
        }
        else
        {
            throw new TemplateException($"'{sign}' means nothing between '{open}' and its end.").At(_file, _line);
        }
    }

    private void Quoted(char quote)
    {
        var line = _line;
        var text = new StringBuilder();
        var at = _at + 1;
        for (; at < _source.Length && _source[at] != quote; at++)
        {
            if (_source[at] == '\\' && at + 1 < _source.Length)
            {
                at = Escape(text, at + 1);
            }
            else
            {
                text.Append(_source[at]);
            }
        }

        if (at >= _source.Length)
        {
            throw new TemplateException($"the text that begins with {quote} is never closed.").At(_file, line);
        }

        Advance(at + 1);
        _tokens.Add(new(TokenKind.String, text.ToString(), line));
    }

    // Python's escapes; a backslash before anything else stays, so that '\d' of a pattern is what it looks like.
    private int Escape(StringBuilder text, int at)
    {
        var digits = _source[at] switch
        {
            'x' => 2,
            'u' => 4,
            _ => 0,
        };
        if (
            digits > 0
            && at + digits < _source.Length
            && ushort.TryParse(
                _source.AsSpan(at + 1, digits),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var code
            )
        )
        {
            text.Append((char)code);
            return at + digits;
        }

        _ = _source[at] switch
        {
            'n' => text.Append('\n'),
            't' => text.Append('\t'),
            'r' => text.Append('\r'),
            'b' => text.Append('\b'),
            'f' => text.Append('\f'),
            'v' => text.Append('\v'),
            'a' => text.Append('\a'),
            '0' => text.Append('\0'),
            '\n' => text,
            '\\' or '\'' or '"' => text.Append(_source[at]),
            var other => text.Append('\\').Append(other),
        };
        return at;
    }

    private string? Match(Regex pattern) => pattern.Match(_source, _at) is { Success: true } match ? match.Value : null;

    private void Add(TokenKind kind, string text, int length)
    {
        _tokens.Add(new(kind, text, _line));
        Advance(_at + length);
    }

    private bool HasSign(int at) => at < _source.Length && _source[at] is '-' or '+';

    private void SkipBlanks()
    {
        var end = _at;
        while (end < _source.Length && char.IsWhiteSpace(_source[end]))
        {
            end++;
        }

        Advance(end);
    }

    private void Advance(int to)
    {
        _line += _source.AsSpan(_at, to - _at).Count('\n');
        _at = to;
    }

    private TemplateException NeverClosed(string open, int line) =>
        new TemplateException($"'{open}' is never closed.").At(_file, line);

    [GeneratedRegex(@"\G\{%[-+]?\s*raw\s*(-%\}\s*|%\})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RawOpening();

    [GeneratedRegex(@"\{%(?<open>[-+]?)\s*endraw\s*(\+%\}|-%\}\s*|%\})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RawClosing();

    [GeneratedRegex(
        @"\G([0-9](_?[0-9])*(\.[0-9](_?[0-9])*)([eE][-+]?[0-9]+)?|[0-9](_?[0-9])*[eE][-+]?[0-9]+|[0-9](_?[0-9])*)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Number();

    [GeneratedRegex(@"\G[\p{L}_]\w*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\G(\*\*|//|==|!=|>=|<=|[-+*/%~\[\](){}<>=.:,|;])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Signs();
}
