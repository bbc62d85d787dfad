namespace Sluice.Project.Templates.Syntax;

/// <summary>A piece of a template. The cases below are all there are.</summary>
/// <param name="Line">Where it begins, 1-based.</param>
internal abstract record Statement(int Line)
{
    /// <summary>Text that is put out as it is.</summary>
    public sealed record Text(int Line, string Content) : Statement(Line);

    /// <summary><c>{{ value }}</c>.</summary>
    public sealed record Output(int Line, Expression Value) : Statement(Line);

    /// <summary><c>{% if %} … {% elif %} … {% else %}</c>.</summary>
    public sealed record If(
        int Line,
        IReadOnlyList<(Expression Test, IReadOnlyList<Statement> Body)> Branches,
        IReadOnlyList<Statement> Otherwise
    ) : Statement(Line);

    /// <summary><c>{% for target in items if condition %} … {% else %}</c>.</summary>
    public sealed record For(
        int Line,
        Expression Target,
        Expression Items,
        Expression? Condition,
        IReadOnlyList<Statement> Body,
        IReadOnlyList<Statement> Otherwise
    ) : Statement(Line);

    /// <summary><c>{% set target = value %}</c>.</summary>
    public sealed record Set(int Line, Expression Target, Expression Value) : Statement(Line);

    /// <summary><c>{% set target | filter %} … {% endset %}</c>.</summary>
    public sealed record SetBlock(int Line, Expression Target, Expression.Filter? Filter, IReadOnlyList<Statement> Body)
        : Statement(Line);

    /// <summary><c>{% do value %}</c>.</summary>
    public sealed record Do(int Line, Expression Value) : Statement(Line);

    /// <summary><c>{% macro name(…) %}</c>.</summary>
    public sealed record Macro(int Line, MacroDefinition Definition) : Statement(Line);

    /// <summary><c>{% call(…) macro(…) %} … {% endcall %}</c>.</summary>
    public sealed record CallBlock(int Line, MacroDefinition Body, Expression.Call Call) : Statement(Line);

    /// <summary><c>{% filter name(…) %} … {% endfilter %}</c>.</summary>
    public sealed record FilterBlock(int Line, Expression.Filter Filter, IReadOnlyList<Statement> Body)
        : Statement(Line);
}
