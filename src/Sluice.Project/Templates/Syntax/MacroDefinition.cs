namespace Sluice.Project.Templates.Syntax;

/// <summary>A macro as it is written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters with their defaults; null where there is none.</param>
/// <param name="Body">What it renders.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Line">The line it begins on.</param>
internal sealed record MacroDefinition(
    string Name,
    IReadOnlyList<(string Name, Expression? Default)> Parameters,
    IReadOnlyList<Statement> Body,
    string File,
    int Line
)
{
    private readonly Lazy<HashSet<string>> _names = new(() =>
        SyntaxWalk
            .Expressions(Body)
            .OfType<Expression.Name>()
            .Select(name => name.Text)
            .ToHashSet(StringComparer.Ordinal)
    );

    /// <summary>How it is called: <c>cents(column, digits=…)</c>.</summary>
    public string Signature =>
        $"{Name}({string.Join(", ", Parameters.Select(one => one.Default is null ? one.Name : $"{one.Name}=…"))})";

    /// <summary>Whether its body speaks of that name; so a macro takes <c>caller</c>, <c>varargs</c> and <c>kwargs</c>.</summary>
    public bool Mentions(string name) => _names.Value.Contains(name);
}
