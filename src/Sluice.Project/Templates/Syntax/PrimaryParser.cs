using System.Globalization;

namespace Sluice.Project.Templates.Syntax;

/// <summary>Reads what expressions are made of: names, literals, and what stands in parentheses.</summary>
internal sealed class PrimaryParser(TokenReader tokens, ExpressionParser expressions)
{
    public Expression Read()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                tokens.Take();
                return token.Text switch
                {
                    "true" or "True" => new Expression.Constant(token.Line, true),
                    "false" or "False" => new Expression.Constant(token.Line, false),
                    "none" or "None" => new Expression.Constant(token.Line, null),
                    "if" or "else" or "and" or "or" or "in" or "is" => throw tokens.Wrong(
                        token.Line,
                        $"a value is missing before '{token.Text}'."
                    ),
                    _ => new Expression.Name(token.Line, token.Text),
                };
            case TokenKind.String:
                return new Expression.Constant(token.Line, ReadStrings());
            case TokenKind.Integer:
                tokens.Take();
                return long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
                    ? new Expression.Constant(token.Line, whole)
                    : throw tokens.Wrong(token.Line, $"{token.Text} is beyond whole numbers of 64 bits.");
            case TokenKind.Float:
                tokens.Take();
                return new Expression.Constant(token.Line, double.Parse(token.Text, CultureInfo.InvariantCulture));
            case TokenKind.Sign when token.Text == "(":
                return ReadParentheses();
            case TokenKind.Sign when token.Text == "[":
                tokens.Take();
                return new Expression.List(token.Line, ReadItems("]", expressions.Read));
            case TokenKind.Sign when token.Text == "{":
                tokens.Take();
                return new Expression.Map(token.Line, ReadItems("}", ReadPair));
            default:
                throw tokens.Unexpected("a value is missing");
        }
    }

    private string ReadStrings()
    {
        var text = tokens.Take().Text;
        while (tokens.Current.Kind == TokenKind.String)
        {
            text += tokens.Take().Text;
        }

        return text;
    }

    private Expression ReadParentheses()
    {
        var line = tokens.Take().Line;
        if (tokens.SkipSign(")"))
        {
            return new Expression.Tuple(line, []);
        }

        var value = expressions.ReadTuple();
        tokens.ExpectSign(")");
        return value;
    }

    private List<T> ReadItems<T>(string close, Func<T> read)
    {
        var items = new List<T>();
        while (!tokens.SkipSign(close))
        {
            if (items.Count > 0)
            {
                tokens.ExpectSign(",");
                if (tokens.SkipSign(close))
                {
                    break;
                }
            }

            items.Add(read());
        }

        return items;
    }

    private (Expression, Expression) ReadPair()
    {
        var key = expressions.Read();
        tokens.ExpectSign(":");
        return (key, expressions.Read());
    }
}
