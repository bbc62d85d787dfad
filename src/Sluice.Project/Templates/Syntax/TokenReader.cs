namespace Sluice.Project.Templates.Syntax;

/// <summary>Walks through the tokens of a template.</summary>
internal sealed class TokenReader(string file, IReadOnlyList<Token> tokens)
{
    private int _at;

    public string File { get; } = file;

    public Token Current => tokens[_at];

    public Token Following => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public Token Take()
    {
        var token = Current;
        _at = Math.Min(_at + 1, tokens.Count - 1);
        return token;
    }

    public bool AtSign(string sign) => Current.Is(TokenKind.Sign, sign);

    public bool AtName(string name) => Current.Is(TokenKind.Name, name);

    public bool SkipSign(string sign) => Skip(AtSign(sign));

    public bool SkipName(string name) => Skip(AtName(name));

    public void ExpectSign(string sign)
    {
        if (!SkipSign(sign))
        {
            throw Unexpected($"'{sign}' is missing");
        }
    }

    public string ExpectName(string what) =>
        Current.Kind == TokenKind.Name ? Take().Text : throw Unexpected($"{what} is missing");

    public void Expect(TokenKind kind, string text)
    {
        if (!Skip(Current.Kind == kind))
        {
            throw Unexpected($"'{text}' is missing");
        }
    }

    public TemplateException Unexpected(string problem) =>
        new TemplateException($"{problem} before {Current}.").At(File, Current.Line);

    public TemplateException Wrong(int line, string problem, string? hint = null) =>
        new TemplateException(problem, hint).At(File, line);

    private bool Skip(bool there)
    {
        if (there)
        {
            Take();
        }

        return there;
    }
}
