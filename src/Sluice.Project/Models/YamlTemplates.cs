using Sluice.Project.Templates;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Templates.Evaluation;
using Sluice.Project.Templates.Syntax;
using Sluice.Project.Templates.Values;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models;

/// <summary>Replaces <c>{{ env_var('…') }}</c> and <c>{{ var('…') }}</c> in values of <c>dbt_project.yml</c>.</summary>
/// <param name="file">How messages call the file.</param>
/// <param name="variables">The variables of the command line: dbt knows no others there.</param>
/// <param name="problems">Told what is wrong.</param>
internal sealed class YamlTemplates(string file, IReadOnlyDictionary<string, object?> variables, Problems problems)
{
    /// <summary>The value with its templates rendered; the values of lists and maps, too.</summary>
    public object? Render(object? value, int line) =>
        value switch
        {
            string text
                when text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) =>
                Rendered(text, line),
            IReadOnlyDictionary<string, object?> map => map.ToDictionary(
                item => item.Key,
                item => Render(item.Value, line),
                StringComparer.Ordinal
            ),
            List<object?> list => list.Select(item => Render(item, line)).ToList(),
            _ => value,
        };

    private object? Rendered(string text, int line)
    {
        var project = TemplateProject.Empty with { Variables = variables };
        try
        {
            var template = Template.Parse(file, text);
            var interpreter = new Interpreter(new FileNames(project));
            // The filters as_bool, as_number and as_native ask for a value that is no text.
            return
                template.Body
                    is [
                        Statement.Output
                        {
                            Value: Expression.Filter { Text: "as_bool" or "as_number" or "as_native" } value
                        },
                    ]
                ? PlainValue.FromTemplate(interpreter.Evaluate(file, value))
                : interpreter.Render(template);
        }
        catch (TemplateException problem)
        {
            problems.Add(problem.ToDiagnostic(file) with { Line = line });
            return null;
        }
    }

    private sealed class FileNames(TemplateProject project) : ITemplateGlobals
    {
        private readonly Dictionary<string, object?> _names = BasicFunctions.WithVariables(project);

        public IEnumerable<string> Names => _names.Keys;

        public bool TryGet(string name, Interpreter interpreter, out object? value) =>
            _names.TryGetValue(name, out value);
    }
}
