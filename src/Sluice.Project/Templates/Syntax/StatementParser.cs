using Sluice.Core;

namespace Sluice.Project.Templates.Syntax;

/// <summary>Reads the pieces of a template: text, <c>{{ … }}</c> and <c>{% … %}</c>.</summary>
internal sealed class StatementParser
{
    private static readonly string[] Known = ["if", "for", "set", "macro", "call", "do", "filter", "raw"];

    // Of Jinja and dbt, with the reason why a model cannot have it.
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["block"] = "Templates do not inherit from each other here; use a macro.",
        ["break"] = "dbt does not switch this on either; use a condition: {% for x in xs if … %}.",
        ["continue"] = "dbt does not switch this on either; use a condition: {% for x in xs if … %}.",
        ["docs"] = "Put doc blocks into .md files beside the models.",
        ["extends"] = "Templates do not inherit from each other here; use a macro.",
        ["from"] = "Every macro of the macro paths can be called without import.",
        ["import"] = "Every macro of the macro paths can be called without import.",
        ["include"] = "Put the text into a macro and call it.",
        ["materialization"] = "Materializations are built in: table, view, ephemeral, incremental.",
        ["snapshot"] = "Keep all copies of the source (meta: {copies: all}) and write the history as a model.",
        ["with"] = "Use {% set … %}.",
    };

    private readonly string _file;
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;

    public StatementParser(string file, string source)
    {
        _file = file;
        _tokens = new(file, Lexer.Read(file, source));
        _expressions = new(_tokens);
    }

    public IReadOnlyList<Statement> ReadAll()
    {
        var statements = ReadUntil(null, 0);
        return statements;
    }

    // Reads up to a statement whose name is among the ends, which is left behind its name.
    private List<Statement> ReadUntil(string? block, int blockLine, params ReadOnlySpan<string> ends)
    {
        Values.Comparison.CheckDepth();
        var statements = new List<Statement>();
        while (true)
        {
            var token = _tokens.Take();
            switch (token.Kind)
            {
                case TokenKind.Text:
                    statements.Add(new Statement.Text(token.Line, token.Text));
                    break;
                case TokenKind.OpenExpression:
                    if (_tokens.Current.Kind == TokenKind.CloseExpression)
                    {
                        throw _tokens.Wrong(token.Line, "'{{ }}' is empty.");
                    }

                    statements.Add(new Statement.Output(token.Line, _expressions.ReadTuple()));
                    _tokens.Expect(TokenKind.CloseExpression, "}}");
                    break;
                case TokenKind.OpenStatement when ends.Contains(_tokens.Current.Text):
                    return statements;
                case TokenKind.OpenStatement:
                    statements.Add(ReadStatement(token.Line, block));
                    break;
                case TokenKind.End when block is null:
                    return statements;
                default:
                    throw _tokens.Wrong(
                        blockLine,
                        $"'{{% {block} %}}' is never closed: '{{% {ends[^1]} %}}' is missing."
                    );
            }
        }
    }

    private Statement ReadStatement(int line, string? block)
    {
        var name = _tokens.ExpectName("the name of a statement");
        return name switch
        {
            "if" => ReadIf(line),
            "for" => ReadFor(line),
            "set" => ReadSet(line),
            "do" => new Statement.Do(line, Closed(_expressions.ReadTuple())),
            "macro" => ReadMacro(line, name, ""),
            "test" or "data_test" => ReadMacro(line, name, "test_"),
            "call" => ReadCall(line),
            "filter" => ReadFilterBlock(line),
            _ => throw Unknown(line, name, block),
        };
    }

    private Statement.If ReadIf(int line)
    {
        var branches = new List<(Expression, IReadOnlyList<Statement>)>();
        IReadOnlyList<Statement> otherwise = [];
        do
        {
            branches.Add((Closed(_expressions.ReadTuple()), ReadUntil("if", line, "elif", "else", "endif")));
        } while (_tokens.SkipName("elif"));

        if (_tokens.SkipName("else"))
        {
            CloseStatement();
            otherwise = ReadUntil("if", line, "endif");
        }

        End();
        return new(line, branches, otherwise);
    }

    private Statement.For ReadFor(int line)
    {
        var target = _expressions.ReadTargets();
        if (!_tokens.SkipName("in"))
        {
            throw _tokens.Unexpected("'in' is missing");
        }

        var items = _expressions.ReadWithoutCondition();
        var condition = _tokens.SkipName("if") ? _expressions.Read() : null;
        if (_tokens.AtName("recursive"))
        {
            throw _tokens.Wrong(line, "a loop cannot be recursive here.", "Use a macro that calls itself.");
        }

        CloseStatement();
        var body = ReadUntil("for", line, "else", "endfor");
        IReadOnlyList<Statement> otherwise = [];
        if (_tokens.SkipName("else"))
        {
            CloseStatement();
            otherwise = ReadUntil("for", line, "endfor");
        }

        End();
        return new(line, target, items, condition, body, otherwise);
    }

    private Statement ReadSet(int line)
    {
        var target = _expressions.ReadTargets();
        if (_tokens.SkipSign("="))
        {
            return new Statement.Set(line, target, Closed(_expressions.ReadTuple()));
        }

        var filter = _tokens.SkipSign("|") ? _expressions.ReadFilters() : null;
        CloseStatement();
        var body = ReadUntil("set", line, "endset");
        End();
        return new Statement.SetBlock(line, target, filter, body);
    }

    private Statement.Macro ReadMacro(int line, string keyword, string prefix)
    {
        var name = prefix + _tokens.ExpectName("the name of the macro");
        return new(line, ReadBody(line, name, ReadParameters(), keyword));
    }

    private Statement.CallBlock ReadCall(int line)
    {
        IReadOnlyList<(string, Expression?)> parameters = _tokens.AtSign("(") ? ReadParameters() : [];
        if (_expressions.Read() is not Expression.Call call)
        {
            throw _tokens.Wrong(
                line,
                "'{% call %}' wants the call of a macro.",
                "Write {% call name() %} … {% endcall %}."
            );
        }

        return new(line, ReadBody(line, "caller", parameters, "call"), call);
    }

    private MacroDefinition ReadBody(
        int line,
        string name,
        IReadOnlyList<(string, Expression?)> parameters,
        string keyword
    )
    {
        CloseStatement();
        var body = ReadUntil(keyword, line, $"end{keyword}");
        End();
        return new(name, parameters, body, _file, line);
    }

    private Statement.FilterBlock ReadFilterBlock(int line)
    {
        var filter = _expressions.ReadFilters();
        CloseStatement();
        var body = ReadUntil("filter", line, "endfilter");
        End();
        return new(line, filter, body);
    }

    private List<(string Name, Expression? Default)> ReadParameters()
    {
        var parameters = new List<(string Name, Expression? Default)>();
        _tokens.ExpectSign("(");
        while (!_tokens.SkipSign(")"))
        {
            if (parameters.Count > 0)
            {
                _tokens.ExpectSign(",");
            }

            var line = _tokens.Current.Line;
            var name = _tokens.ExpectName("the name of a parameter");
            if (parameters.Exists(other => other.Name == name))
            {
                throw _tokens.Wrong(line, $"the parameter '{name}' is there twice.");
            }

            var fallback = _tokens.SkipSign("=") ? _expressions.Read() : null;
            if (fallback is null && parameters.Exists(other => other.Default is not null))
            {
                throw _tokens.Wrong(line, $"the parameter '{name}' without a default stands after one with a default.");
            }

            parameters.Add((name, fallback));
        }

        return parameters;
    }

    private Expression Closed(Expression value)
    {
        CloseStatement();
        return value;
    }

    // The name of the end is still there.
    private void End()
    {
        _tokens.Take();
        CloseStatement();
    }

    private void CloseStatement() => _tokens.Expect(TokenKind.CloseStatement, "%}");

    private TemplateException Unknown(int line, string name, string? block)
    {
        if (Refused.TryGetValue(name, out var reason))
        {
            return _tokens.Wrong(
                line,
                $"'{{% {name} %}}' is not part of the templates that are rendered here.",
                reason
            );
        }

        if (name is "elif" or "else" || name.StartsWith("end", StringComparison.Ordinal))
        {
            return _tokens.Wrong(
                line,
                $"'{{% {name} %}}' belongs to nothing here.",
                block is null ? null : $"The block that is open is '{{% {block} %}}'."
            );
        }

        return _tokens.Wrong(line, $"'{{% {name} %}}' is not known.", Nearest.Suggest(name, Known));
    }
}
