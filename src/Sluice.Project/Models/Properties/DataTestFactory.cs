using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sluice.Core;
using Sluice.Core.Models.Testing;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models.Properties;

/// <summary>Makes tests that run of those that are written.</summary>
/// <param name="dbt">What <c>dbt_project.yml</c> says.</param>
/// <param name="templates">What all templates share; its macros have the tests.</param>
/// <param name="problems">Told what is wrong.</param>
internal sealed partial class DataTestFactory(DbtProject dbt, TemplateProject templates, Problems problems)
{
    private static readonly Dictionary<string, ConfigValue> Nothing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>A generic test; null where it is wrong or disabled.</summary>
    public DataTest? Generic(WrittenTest written)
    {
        if (templates.Macros.Find($"test_{written.Kind}") is not { } macro)
        {
            problems.Add(
                written.File,
                written.Line,
                written.Kind.Contains('.', StringComparison.Ordinal)
                    ? $"the test '{written.Kind}' is of a package, and packages are not installed."
                    : $"there is no test '{written.Kind}'.",
                written.Kind.Contains('.', StringComparison.Ordinal)
                    ? "Copy it into macros/ as {% test name(model, column_name) %}, with its licence, and write it without the package."
                    : Nearest.Suggest(
                        written.Kind,
                        templates
                            .Macros.Names.Where(name => name.StartsWith("test_", StringComparison.Ordinal))
                            .Select(name => name["test_".Length..])
                    )
            );
            return null;
        }

        var config = new TestConfig(written.Config, dbt.TestsOf(written.File), problems);
        var text = TextOf(written, config);
        var found = new Problems();
        var template = ModelTemplate.Parse(written.File, text, templates, Nothing, found);
        if (found.Count > 0)
        {
            foreach (var problem in found.All)
            {
                // Lines within the macro are its own; those of the call mean the test.
                problems.Add(problem.File == written.File ? problem with { Line = written.Line } : problem);
            }

            return null;
        }

        return config.Enabled
            ? config.Apply(
                new()
                {
                    Name = Unique(TestName.Of(written)),
                    File = written.File,
                    Line = written.Line,
                    Kind = written.Kind,
                    Of = written.Of,
                    Column = written.Column,
                    Description = written.Description,
                    Refs = template.Refs,
                    Sources = template.Sources,
                    Render = scope => template.Render(scope).Trim(),
                    Arguments = written.Arguments,
                }
            )
            : null;
    }

    /// <summary>A singular test: a file with a SELECT.</summary>
    public DataTest? Singular(string path, string file)
    {
        var text = File.ReadAllText(path);
        var template = ModelTemplate.Parse(file, text, templates, Nothing, problems);
        var config = new TestConfig(ConfigLayers.Merge(dbt.TestsOf(file), template.Config), problems);
        return config.Enabled
            ? config.Apply(
                new()
                {
                    Name = Unique(Path.GetFileNameWithoutExtension(path)),
                    File = file,
                    Kind = "singular",
                    Refs = template.Refs,
                    Sources = template.Sources,
                    Render = scope => template.Render(scope).Trim(),
                    RawSql = text,
                }
            )
            : null;
    }

    private string Unique(string name)
    {
        var unique = name;
        for (var next = 2; !_names.Add(unique); next++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{next}");
        }

        return unique;
    }

    // The test as a template of its own: what it reads is then found as it is for a model.
    private static string TextOf(WrittenTest test, TestConfig config)
    {
        var relation = test.Of.IsMart
            ? $"ref({Literal(test.Of.Name)})"
            : $"source({Literal(test.Of.Schema)}, {Literal(test.Of.Name)})";
        var text = new StringBuilder();
        var model = relation;
        if (config.Where is { } where)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{{% set tested_rows %}}(select * from {{{{ {relation} }}}} where {where}) dbt_subquery{{% endset %}}"
            );
            model = "tested_rows";
        }

        text.Append(CultureInfo.InvariantCulture, $"{{{{ test_{test.Kind}(model={model}");
        if (test.Column is { } column && !test.Arguments.ContainsKey("column_name"))
        {
            text.Append(CultureInfo.InvariantCulture, $", column_name={Literal(column)}");
        }

        foreach (var (name, value) in test.Arguments)
        {
            text.Append(CultureInfo.InvariantCulture, $", {name}={Argument(value)}");
        }

        return text.Append(") }}").ToString();
    }

    // dbt takes "ref('x')" and "{{ ref('x') }}" for the table.
    private static string Argument(object? value) =>
        value is string text && Expression().Match(text) is { Success: true } match
            ? match.Groups["inner"].Value
            : Literal(value);

    private static string Literal(object? value) =>
        value switch
        {
            null => "none",
            bool truth => truth ? "true" : "false",
            string text =>
                $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}'",
            IReadOnlyDictionary<string, object?> map =>
                $"{{{string.Join(", ", map.Select(pair => $"{Literal(pair.Key)}: {Argument(pair.Value)}"))}}}",
            IEnumerable<object?> list => $"[{string.Join(", ", list.Select(Argument))}]",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => Literal(value.ToString()),
        };

    [GeneratedRegex(
        @"^\s*(?:\{\{(?<inner>.*)\}\}|(?<inner>(?:ref|source|var|env_var)\s*\(.*\)))\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Expression();
}
