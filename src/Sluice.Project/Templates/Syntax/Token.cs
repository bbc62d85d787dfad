namespace Sluice.Project.Templates.Syntax;

/// <summary>A token of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string, what it stands for.</param>
/// <param name="Line">Where it begins, 1-based.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Line)
{
    public bool Is(TokenKind kind, string text) => Kind == kind && Text == text;

    public override string ToString() =>
        Kind switch
        {
            TokenKind.End => "the end of the file",
            TokenKind.CloseExpression => "'}}'",
            TokenKind.CloseStatement => "'%}'",
            TokenKind.String => $"the text '{Text}'",
            _ => $"'{Text}'",
        };
}
