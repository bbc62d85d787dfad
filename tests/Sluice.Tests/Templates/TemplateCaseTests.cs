using Sluice.Core;
using Sluice.Core.Models;
using Sluice.Core.Time;
using Sluice.Project.Models;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Yaml;

namespace Sluice.Tests.Templates;

/// <summary>The suite of tests/templates: each template as the file of a model, read and rendered.</summary>
public sealed class TemplateCaseTests
{
    private static readonly Dictionary<string, TemplateCase> Cases = TemplateCaseFile
        .Suite()
        .ToDictionary(item => item.Name, StringComparer.Ordinal);

    public static IEnumerable<TheoryDataRow<string>> Names =>
        Cases.Keys.Select(name => new TheoryDataRow<string>(name) { TestDisplayName = name });

    [Theory, MemberData(nameof(Names))]
    public void A_template_gives_what_its_case_says(string name)
    {
        var item = Cases[name];
        Assert.True(
            item.Sections.ContainsKey("text") != item.Sections.ContainsKey("error"),
            "text or error, not both."
        );
        var expected = item.Sections.ContainsKey("text") ? item.Of("text") : item.Of("error");
        Assert.Equal(expected, Outcome(item));
    }

    [Fact]
    public void The_suite_is_there() => Assert.InRange(Cases.Count, 500, 10_000);

    private static string Outcome(TemplateCase item)
    {
        var problems = new Problems();
        var macros = new MacroLibrary();
        if (item.Sections.ContainsKey("macros"))
        {
            macros.Add("macros/m.sql", item.Of("macros"), problems);
        }

        var project = new TemplateProject("shop", Variables, macros)
        {
            Environment = name => name == "REGION" ? "eu" : null,
        };
        var inherited = new Dictionary<string, ConfigValue>(StringComparer.Ordinal)
        {
            ["owner"] = new("team", "dbt_project.yml", 1),
        };
        var template = ModelTemplate.Parse("models/visits.sql", item.Of("template"), project, inherited, problems);
        if (problems.Count > 0)
        {
            return string.Join('\n', Assert.Throws<DefinitionException>(problems.ThrowIfAny).Diagnostics);
        }

        var interval = DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc);
        var scope = new ModelScope(interval, "duckdb")
        {
            IsIncremental = item.Of("template").Contains("'incremental'", StringComparison.Ordinal),
        };
        return template.Render(scope);
    }

    private static Dictionary<string, object?> Variables =>
        new(StringComparer.Ordinal)
        {
            ["country"] = "de",
            ["days"] = 7L,
            ["rate"] = 0.5,
            ["channels"] = new List<object?> { "ads", "mail" },
            ["flag"] = true,
            ["map"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["a"] = 1L,
                ["b"] = new List<object?> { 1L, 2L },
            },
        };
}
