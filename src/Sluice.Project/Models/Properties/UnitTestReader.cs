using System.Text.RegularExpressions;
using Sluice.Core.Models.Testing;
using Sluice.Core.Tables;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models.Properties;

/// <summary>Reads a unit test.</summary>
internal sealed partial class UnitTestReader(
    DocBlocks docs,
    IReadOnlyDictionary<string, string> fixtures,
    Problems problems
)
{
    private static readonly Dictionary<string, object?> None = new(StringComparer.Ordinal);

    /// <summary>The test; null where it is not written as one.</summary>
    public UnitTest? Read(YamlMap test)
    {
        test.Allow("name", "description", "model", "given", "expect", "overrides", "config", "versions");
        var (name, model) = (test.RequiredText("name"), test.RequiredText("model"));
        if (name is null || model is null)
        {
            return null;
        }

        if (test.Map("expect") is not { } expect)
        {
            test.Report(
                test.Has("expect") ? "expect" : null,
                "a unit test needs the rows that it expects.",
                "Write expect: {rows: [{…}]}."
            );
            return null;
        }

        var overrides = test.Map("overrides");
        overrides?.Allow("macros", "vars", "env_vars");
        var macros = overrides?.Value("macros") as IReadOnlyDictionary<string, object?> ?? None;
        foreach (var macro in macros.Keys.Where(key => key != "is_incremental"))
        {
            overrides!.Report(
                "macros",
                $"the macro '{macro}' is not overridden by this version.",
                "Of macros, is_incremental can be: use a variable (vars) for others."
            );
        }

        return new()
        {
            Name = name,
            Model = model,
            File = test.File,
            Line = test.Line,
            Description = NodeReader.Description(test, docs, problems),
            Given = [.. PropertyFile.Maps(test, "given").Select(given => Given(given, model)).OfType<UnitInput>()],
            Expect = new UnitRowsReader(fixtures).Read(expect),
            IsIncremental = macros.GetValueOrDefault("is_incremental") is true,
            Variables = overrides?.Value("vars") as IReadOnlyDictionary<string, object?> ?? None,
            Environment = (overrides?.Value("env_vars") as IReadOnlyDictionary<string, object?> ?? None).ToDictionary(
                pair => pair.Key,
                pair => FormattableString.Invariant($"{pair.Value}"),
                StringComparer.Ordinal
            ),
            Tags = test.Map("config") is { } config ? NodeReader.Names(config, "tags") : [],
        };
    }

    private UnitInput? Given(YamlMap given, string model)
    {
        given.Allow("input", "rows", "format", "fixture");
        if (given.RequiredText("input") is not { } input)
        {
            return null;
        }

        var match = Input().Match(input);
        if (!match.Success)
        {
            given.Report("input", $"'{input}' is no input.", "Write ref('model'), source('source', 'table') or this.");
            return null;
        }

        var table =
            match.Groups["this"].Success ? TableId.Mart(model)
            : match.Groups["ref"].Success ? TableId.Mart(match.Groups["ref"].Value)
            : TableId.Raw(match.Groups["source"].Value, match.Groups["table"].Value);
        return new(table, new UnitRowsReader(fixtures).Read(given));
    }

    [GeneratedRegex(
        """^\s*(?:(?<this>this)|ref\(\s*(?:['"][^'"]*['"]\s*,\s*)?['"](?<ref>[^'"]+)['"]\s*\)|source\(\s*['"](?<source>[^'"]+)['"]\s*,\s*['"](?<table>[^'"]+)['"]\s*\))\s*$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Input();
}
