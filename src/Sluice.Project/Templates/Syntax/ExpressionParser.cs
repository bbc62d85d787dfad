using System.Runtime.CompilerServices;

namespace Sluice.Project.Templates.Syntax;

/// <summary>Reads expressions, with Jinja's precedence.</summary>
internal sealed class ExpressionParser
{
    private static readonly string[] Comparing = ["==", "!=", "<", "<=", ">", ">="];
    private readonly TokenReader _tokens;
    private readonly PrimaryParser _primary;

    public ExpressionParser(TokenReader tokens) => (_tokens, _primary) = (tokens, new(tokens, this));

    /// <summary>An expression, or several with commas between them: a tuple.</summary>
    public Expression ReadTuple() => ReadTuple(Read);

    /// <summary>The variables of a loop or an assignment.</summary>
    public Expression ReadTargets() => ReadTuple(ReadTarget);

    public Expression Read()
    {
        CheckDepth();
        var line = _tokens.Current.Line;
        var value = ReadOr();
        while (_tokens.SkipName("if"))
        {
            var test = ReadOr();
            value = new Expression.Conditional(line, test, value, _tokens.SkipName("else") ? Read() : null);
        }

        return value;
    }

    /// <summary>An expression that no <c>if</c> belongs to: what a loop goes through.</summary>
    public Expression ReadWithoutCondition() => ReadTuple(ReadOr);

    public Expression.Filter ReadFilters()
    {
        var filter = ReadFilter(null);
        while (_tokens.SkipSign("|"))
        {
            filter = ReadFilter(filter);
        }

        return filter;
    }

    public CallArguments ReadArguments()
    {
        _tokens.ExpectSign("(");
        var positional = new List<Expression>();
        var named = new List<(string, Expression)>();
        while (!_tokens.SkipSign(")"))
        {
            if (positional.Count + named.Count > 0)
            {
                _tokens.ExpectSign(",");
                if (_tokens.SkipSign(")"))
                {
                    break;
                }
            }

            if (_tokens.AtSign("*") || _tokens.AtSign("**"))
            {
                throw _tokens.Wrong(
                    _tokens.Current.Line,
                    $"'{_tokens.Current.Text}' before an argument is not part of the templates that are rendered here.",
                    "Write the arguments one by one."
                );
            }

            if (_tokens.Current.Kind == TokenKind.Name && _tokens.Following.Is(TokenKind.Sign, "="))
            {
                var name = _tokens.Take().Text;
                _tokens.Take();
                named.Add((name, Read()));
            }
            else
            {
                positional.Add(
                    named.Count == 0
                        ? Read()
                        : throw _tokens.Unexpected("an argument without name after one with a name")
                );
            }
        }

        return new(positional, named);
    }

    private Expression ReadTuple(Func<Expression> read)
    {
        var line = _tokens.Current.Line;
        var first = read();
        if (!_tokens.AtSign(","))
        {
            return first;
        }

        var items = new List<Expression> { first };
        while (_tokens.SkipSign(",") && !AtEndOfTuple())
        {
            items.Add(read());
        }

        return new Expression.Tuple(line, items);
    }

    private bool AtEndOfTuple() =>
        _tokens.Current.Kind is TokenKind.CloseExpression or TokenKind.CloseStatement
        || _tokens.AtSign(")")
        || _tokens.AtSign("=")
        || _tokens.AtName("in");

    private Expression ReadTarget()
    {
        var line = _tokens.Current.Line;
        if (_tokens.SkipSign("("))
        {
            var inner = ReadTargets();
            _tokens.ExpectSign(")");
            return inner;
        }

        var name = _tokens.ExpectName("the name of a variable");
        if (name is "true" or "false" or "none" or "True" or "False" or "None" or "loop")
        {
            throw _tokens.Wrong(line, $"'{name}' cannot be a variable.");
        }

        Expression target = new Expression.Name(line, name);
        return _tokens.SkipSign(".") ? new Expression.Attribute(line, target, _tokens.ExpectName("a name")) : target;
    }

    private Expression ReadOr()
    {
        var left = ReadAnd();
        while (_tokens.AtName("or"))
        {
            left = new Expression.Or(_tokens.Take().Line, left, ReadAnd());
        }

        return left;
    }

    private Expression ReadAnd()
    {
        var left = ReadNot();
        while (_tokens.AtName("and"))
        {
            left = new Expression.And(_tokens.Take().Line, left, ReadNot());
        }

        return left;
    }

    private Expression ReadNot()
    {
        CheckDepth();
        return _tokens.AtName("not") ? new Expression.Not(_tokens.Take().Line, ReadNot()) : ReadComparisons();
    }

    private Expression ReadComparisons()
    {
        var line = _tokens.Current.Line;
        var first = ReadSum();
        var rest = new List<(string, Expression)>();
        while (true)
        {
            if (
                _tokens.Current.Kind == TokenKind.Sign
                && Comparing.Contains(_tokens.Current.Text, StringComparer.Ordinal)
            )
            {
                rest.Add((_tokens.Take().Text, ReadSum()));
            }
            else if (_tokens.SkipName("in"))
            {
                rest.Add(("in", ReadSum()));
            }
            else if (_tokens.AtName("not") && _tokens.Following.Is(TokenKind.Name, "in"))
            {
                _tokens.Take();
                _tokens.Take();
                rest.Add(("not in", ReadSum()));
            }
            else
            {
                return rest.Count == 0 ? first : new Expression.Comparisons(line, first, rest);
            }
        }
    }

    private Expression ReadSum() => ReadCalculation(ReadConcatenation, "+", "-");

    private Expression ReadConcatenation()
    {
        var line = _tokens.Current.Line;
        var items = new List<Expression> { ReadProduct() };
        while (_tokens.SkipSign("~"))
        {
            items.Add(ReadProduct());
        }

        return items is [var single] ? single : new Expression.Concatenation(line, items);
    }

    private Expression ReadProduct() => ReadCalculation(ReadPower, "*", "/", "//", "%");

    private Expression ReadPower() => ReadCalculation(() => ReadSigned(withFilters: true), "**");

    private Expression ReadCalculation(Func<Expression> read, params ReadOnlySpan<string> signs)
    {
        var left = read();
        while (_tokens.Current.Kind == TokenKind.Sign && signs.Contains(_tokens.Current.Text))
        {
            var sign = _tokens.Take();
            left = new Expression.Calculation(sign.Line, sign.Text, left, read());
        }

        return left;
    }

    private Expression ReadSigned(bool withFilters)
    {
        CheckDepth();
        Expression value;
        if (_tokens.AtSign("-"))
        {
            value = new Expression.Negative(_tokens.Take().Line, ReadSigned(withFilters: false));
        }
        else if (_tokens.SkipSign("+"))
        {
            value = ReadSigned(withFilters: false);
        }
        else
        {
            value = _primary.Read();
        }

        value = ReadPostfix(value);
        return withFilters ? ReadFiltersAndTests(value) : value;
    }

    private Expression ReadPostfix(Expression value)
    {
        while (true)
        {
            if (_tokens.AtSign("("))
            {
                value = new Expression.Call(_tokens.Current.Line, value, ReadArguments());
            }
            else if (_tokens.AtSign("."))
            {
                var line = _tokens.Take().Line;
                value =
                    _tokens.Current.Kind == TokenKind.Integer
                        ? new Expression.Index(line, value, _primary.Read())
                        : new Expression.Attribute(line, value, _tokens.ExpectName("a name"));
            }
            else if (_tokens.AtSign("["))
            {
                value = ReadSubscript(value);
            }
            else
            {
                return value;
            }
        }
    }

    private Expression ReadSubscript(Expression target)
    {
        var line = _tokens.Take().Line;
        var start = _tokens.AtSign(":") ? null : ReadTuple();
        if (_tokens.SkipSign("]"))
        {
            return new Expression.Index(line, target, start ?? throw _tokens.Unexpected("a key is missing"));
        }

        _tokens.ExpectSign(":");
        var stop = _tokens.AtSign(":") || _tokens.AtSign("]") ? null : Read();
        var step = _tokens.SkipSign(":") && !_tokens.AtSign("]") ? Read() : null;
        _tokens.ExpectSign("]");
        return new Expression.Slice(line, target, start, stop, step);
    }

    private Expression ReadFiltersAndTests(Expression value)
    {
        while (true)
        {
            if (_tokens.SkipSign("|"))
            {
                value = ReadFilter(value);
            }
            else if (_tokens.AtName("is"))
            {
                value = ReadTest(value);
            }
            else if (_tokens.AtSign("("))
            {
                value = new Expression.Call(_tokens.Current.Line, value, ReadArguments());
            }
            else
            {
                return value;
            }
        }
    }

    private Expression.Filter ReadFilter(Expression? target)
    {
        var line = _tokens.Current.Line;
        var name = _tokens.ExpectName("the name of a filter");
        return new(line, target, name, _tokens.AtSign("(") ? ReadArguments() : CallArguments.None);
    }

    private Expression ReadTest(Expression target)
    {
        var line = _tokens.Take().Line;
        var negated = _tokens.SkipName("not");
        var name = _tokens.ExpectName("the name of a test");
        var arguments = CallArguments.None;
        if (_tokens.AtSign("("))
        {
            arguments = ReadArguments();
        }
        else if (TakesOperand())
        {
            arguments = new([ReadPostfix(_primary.Read())], []);
        }

        Expression test = new Expression.Test(line, target, name, arguments);
        return negated ? new Expression.Not(line, test) : test;
    }

    // As in Jinja: "x is divisibleby 3". What may follow a test without being its operand is 'and', 'or', 'else', and more words here.
    private bool TakesOperand() =>
        _tokens.Current.Kind switch
        {
            TokenKind.String or TokenKind.Integer or TokenKind.Float => true,
            TokenKind.Name => _tokens.Current.Text is not ("and" or "or" or "else" or "is" or "if" or "in" or "not"),
            _ => _tokens.AtSign("[") || _tokens.AtSign("{"),
        };

    private void CheckDepth()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw _tokens.Wrong(_tokens.Current.Line, "this is nested too deeply.");
        }
    }
}
