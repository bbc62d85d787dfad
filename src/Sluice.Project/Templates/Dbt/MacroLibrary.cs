using Sluice.Project.Templates.Syntax;
using Sluice.Project.Yaml;

namespace Sluice.Project.Templates.Dbt;

/// <summary>The macros of a project: every model can call each of them, and they each other.</summary>
internal sealed class MacroLibrary
{
    // dbt asks these where a model's table goes and what it is called.
    private static readonly string[] NamingHooks = ["generate_alias_name", "generate_database_name"];

    private readonly Dictionary<string, MacroDefinition> _macros = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _macros.Keys;

    public MacroDefinition? Find(string name) => _macros.GetValueOrDefault(name);

    /// <summary>Adds the macros of a file; what stands between them says nothing.</summary>
    /// <param name="file">How messages call the file.</param>
    /// <param name="source">Its text.</param>
    /// <param name="problems">Told what is wrong.</param>
    public void Add(string file, string source, Problems problems)
    {
        Template template;
        try
        {
            template = Template.Parse(file, source);
        }
        catch (TemplateException problem)
        {
            problems.Add(problem.ToDiagnostic(file));
            return;
        }

        foreach (var statement in template.Body)
        {
            switch (statement)
            {
                case Statement.Macro macro:
                    Add(macro.Definition, problems);
                    break;
                case Statement.Text:
                    break;
                default:
                    problems.Add(
                        file,
                        statement.Line,
                        "only macros can stand in a file of macros: what is set or printed outside of them is seen by none.",
                        "Move it into a macro, or remove it."
                    );
                    break;
            }
        }
    }

    private void Add(MacroDefinition macro, Problems problems)
    {
        if (ModelNames.IsOfDbt(macro.Name) || NamingHooks.Contains(macro.Name, StringComparer.Ordinal))
        {
            problems.Add(
                macro.File,
                macro.Line,
                $"the macro '{macro.Name}' would replace dbt's own of that name, which cannot be replaced here.",
                "Give it another name, and call it by that."
            );
        }
        else if (!_macros.TryAdd(macro.Name, macro))
        {
            var other = _macros[macro.Name];
            problems.Add(
                macro.File,
                macro.Line,
                FormattableString.Invariant(
                    $"the macro '{macro.Name}' is there twice, also in {other.File}, line {other.Line}."
                )
            );
        }
    }
}
