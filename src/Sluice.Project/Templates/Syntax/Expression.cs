namespace Sluice.Project.Templates.Syntax;

/// <summary>An expression. The cases below are all there are.</summary>
/// <param name="Line">Where it begins, 1-based.</param>
internal abstract record Expression(int Line)
{
    public sealed record Constant(int Line, object? Value) : Expression(Line);

    public sealed record Name(int Line, string Text) : Expression(Line);

    public sealed record List(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

    public sealed record Tuple(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

    public sealed record Map(int Line, IReadOnlyList<(Expression Key, Expression Value)> Items) : Expression(Line);

    /// <summary><c>target.name</c>.</summary>
    public sealed record Attribute(int Line, Expression Target, string Key) : Expression(Line);

    /// <summary><c>target[key]</c>.</summary>
    public sealed record Index(int Line, Expression Target, Expression Key) : Expression(Line);

    /// <summary><c>target[start:stop:step]</c>; null where a bound is left out.</summary>
    public sealed record Slice(int Line, Expression Target, Expression? Start, Expression? Stop, Expression? Step)
        : Expression(Line);

    public sealed record Call(int Line, Expression Target, CallArguments Arguments) : Expression(Line);

    /// <summary><c>target | name(…)</c>; without target at the head of a filter block.</summary>
    public sealed record Filter(int Line, Expression? Target, string Text, CallArguments Arguments) : Expression(Line);

    /// <summary><c>target is name(…)</c>.</summary>
    public sealed record Test(int Line, Expression Target, string Text, CallArguments Arguments) : Expression(Line);

    public sealed record Not(int Line, Expression Operand) : Expression(Line);

    public sealed record Negative(int Line, Expression Operand) : Expression(Line);

    public sealed record And(int Line, Expression Left, Expression Right) : Expression(Line);

    public sealed record Or(int Line, Expression Left, Expression Right) : Expression(Line);

    /// <summary><c>+ - * / // % **</c>.</summary>
    public sealed record Calculation(int Line, string Sign, Expression Left, Expression Right) : Expression(Line);

    /// <summary><c>a ~ b ~ c</c>.</summary>
    public sealed record Concatenation(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

    /// <summary><c>a &lt; b &lt;= c</c>: true where each neighbouring pair is.</summary>
    public sealed record Comparisons(int Line, Expression First, IReadOnlyList<(string Sign, Expression Operand)> Rest)
        : Expression(Line);

    /// <summary><c>then if condition else otherwise</c>; null where there is no else.</summary>
    public sealed record Conditional(int Line, Expression Condition, Expression Then, Expression? Otherwise)
        : Expression(Line);
}
