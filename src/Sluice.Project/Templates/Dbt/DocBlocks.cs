using System.Text.RegularExpressions;
using Sluice.Core;
using Sluice.Project.Templates.Evaluation;
using Sluice.Project.Templates.Syntax;
using Sluice.Project.Templates.Values;
using Sluice.Project.Yaml;

namespace Sluice.Project.Templates.Dbt;

/// <summary>The blocks <c>{% docs name %} … {% enddocs %}</c> of the project's .md files, and the descriptions that use them.</summary>
internal sealed partial class DocBlocks(TemplateProject project)
{
    private readonly Dictionary<string, (string Text, string File, int Line)> _blocks = new(StringComparer.Ordinal);

    /// <summary>Adds the blocks of a file; other text in it is for people.</summary>
    public void Add(string file, string text, Problems problems)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        var at = 0;
        while (Opening().Match(text, at) is { Success: true } opening)
        {
            var line = text.AsSpan(0, opening.Index).Count('\n') + 1;
            var name = opening.Groups["name"].Value;
            at = opening.Index + opening.Length;
            var closing = Closing().Match(text, at);
            if (!closing.Success || Opening().Match(text, at, closing.Index - at).Success)
            {
                problems.Add(file, line, $"'{{% docs {name} %}}' is never closed.", "Write {% enddocs %} at its end.");
                return;
            }

            var content = text[at..closing.Index].Trim();
            if (!_blocks.TryAdd(name, (content, file, line)))
            {
                var other = _blocks[name];
                problems.Add(
                    file,
                    line,
                    FormattableString.Invariant(
                        $"the doc block '{name}' is there twice, also in {other.File}, line {other.Line}."
                    )
                );
            }

            at = closing.Index + closing.Length;
        }
    }

    /// <summary>A description with what its templates stand for: <c>doc</c>, <c>var</c>, <c>env_var</c>.</summary>
    /// <param name="description">The text as it is written.</param>
    /// <param name="file">The file it stands in.</param>
    /// <param name="line">Where it begins there.</param>
    /// <param name="problems">Told what is wrong; the text is then taken as it is written.</param>
    public string Render(string description, string file, int line, Problems problems)
    {
        try
        {
            return new Interpreter(new DescriptionNames(project, Find)).Render(Template.Parse(file, description));
        }
        catch (TemplateException problem)
        {
            var diagnostic = problem.ToDiagnostic(file);
            problems.Add(diagnostic with { Line = line + Math.Max(0, diagnostic.Line - 1) });
            return description;
        }
    }

    private string Find(string name) =>
        _blocks.TryGetValue(name, out var block)
            ? block.Text
            : throw new TemplateException($"doc('{name}') names no doc block.", Nearest.Suggest(name, _blocks.Keys));

    [GeneratedRegex(@"\{%[-+]?\s*docs\s+(?<name>\w+)\s*[-+]?%\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\{%[-+]?\s*enddocs\s*[-+]?%\}", RegexOptions.None, 1000)]
    private static partial Regex Closing();

    private sealed class DescriptionNames(TemplateProject project, Func<string, string> find) : ITemplateGlobals
    {
        private readonly Dictionary<string, object?> _names = new(
            BasicFunctions.WithVariables(project),
            StringComparer.Ordinal
        )
        {
            ["doc"] = new Function(
                "doc",
                // The own project's name may stand before it.
                arguments =>
                    arguments.Bind("doc", 1, "package_or_name", "name") is var bound
                        ? find(bound.Text(bound.Has("name") ? "name" : "package_or_name"))
                        : null
            ),
        };

        public IEnumerable<string> Names => _names.Keys;

        public bool TryGet(string name, Interpreter interpreter, out object? value) =>
            _names.TryGetValue(name, out value);
    }
}
