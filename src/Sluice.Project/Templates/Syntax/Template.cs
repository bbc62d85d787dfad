namespace Sluice.Project.Templates.Syntax;

/// <summary>A parsed template.</summary>
/// <param name="File">The file it stands in, as messages call it.</param>
/// <param name="Body">Its pieces.</param>
internal sealed record Template(string File, IReadOnlyList<Statement> Body)
{
    /// <summary>Reads a template.</summary>
    /// <exception cref="TemplateException">It is not written as templates are.</exception>
    public static Template Parse(string file, string source) => new(file, new StatementParser(file, source).ReadAll());
}
