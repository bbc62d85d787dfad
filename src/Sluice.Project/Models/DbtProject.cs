using Sluice.Project.Templates.Dbt;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models;

/// <summary>What Sluice reads of <c>dbt_project.yml</c>; dbt's defaults where there is none.</summary>
internal sealed record DbtProject
{
    public const string FileName = "dbt_project.yml";

    // Keys about dbt itself, or about things that files of the lake do not have: no row depends on them.
    private static readonly string[] PassedOver =
    [
        "analysis-paths",
        "asset-paths",
        "clean-targets",
        "data_tests",
        "config-version",
        "dbt-cloud",
        "dispatch",
        "exposures",
        "flags",
        "log-path",
        "macro-paths",
        "metrics",
        "model-paths",
        "models",
        "name",
        "docs-paths",
        "packages-install-path",
        "profile",
        "query-comment",
        "quoting",
        "require-dbt-version",
        "restrict-access",
        "saved-queries",
        "seed-paths",
        "seeds",
        "semantic-models",
        "snapshot-paths",
        "target-path",
        "test-paths",
        "tests",
        "vars",
        "version",
    ];

    private static readonly string[] PackageFiles = ["packages.yml", "dependencies.yml"];
    private static readonly string[] PackageKeys = ["packages", "projects"];

    private static readonly Dictionary<string, (string Problem, string Hint)> Refused = new(StringComparer.Ordinal)
    {
        ["on-run-start"] = (
            "hooks are not run.",
            "What a hook does is part of no build. Write it as a model, or run it before 'sluice'."
        ),
        ["on-run-end"] = (
            "hooks are not run.",
            "What a hook does is part of no build. Write it as a model, or run it after 'sluice'."
        ),
        ["data-paths"] = ("'data-paths' is called 'seed-paths' since dbt 1.0.", "Rename it."),
        ["source-paths"] = ("'source-paths' is called 'model-paths' since dbt 1.0.", "Rename it."),
        ["unit_tests"] = (
            "configuration of tests by folder is not read by this version.",
            "Write it beside each test."
        ),
        ["snapshots"] = (
            "snapshots are not run.",
            "Keep all copies of the source (meta: {copies: all}), and write the history as a model."
        ),
        ["sources"] = (
            "configuration of sources by folder is not read by this version.",
            "Write it beside each source."
        ),
    };

    /// <summary>The project's name; empty where there is none.</summary>
    public string Name { get; init; } = "";

    public IReadOnlyList<string> ModelPaths { get; init; } = ["models"];

    public IReadOnlyList<string> MacroPaths { get; init; } = ["macros"];

    public IReadOnlyList<string> SeedPaths { get; init; } = ["seeds"];

    public IReadOnlyList<string> TestPaths { get; init; } = ["tests"];

    /// <summary>Where doc blocks are looked for; dbt's default is everywhere.</summary>
    public IReadOnlyList<string> DocsPaths { get; init; } = ["models", "seeds", "macros", "tests"];

    /// <summary>The values of <c>var('…')</c>: null, text, bool, long, double, lists and maps of these.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } =
        new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>The configuration of models by folder.</summary>
    public FolderConfig Models { get; init; } = new();

    /// <summary>The configuration of seeds by folder.</summary>
    public FolderConfig Seeds { get; init; } = new();

    /// <summary>The configuration of data tests by folder.</summary>
    public FolderConfig Tests { get; init; } = new();

    /// <summary>Reads the file.</summary>
    /// <param name="root">The project's folder.</param>
    /// <param name="problems">Told what is wrong.</param>
    /// <param name="variables">The variables of the command line; null for none.</param>
    public static DbtProject Read(
        string root,
        Problems problems,
        IReadOnlyDictionary<string, object?>? variables = null
    )
    {
        variables ??= new Dictionary<string, object?>(StringComparer.Ordinal);
        RefusePackages(root, problems);
        var path = Path.Combine(root, FileName);
        if (!File.Exists(path) || YamlFile.Read(path, FileName, problems) is not { } yaml)
        {
            RefuseSnapshots(root, ["snapshots"], problems);
            return new() { Variables = variables };
        }

        yaml.Allow([.. PassedOver, .. Refused.Keys]);
        foreach (var (key, (problem, hint)) in Refused.Where(one => !IsEmpty(yaml.Value(one.Key))))
        {
            yaml.Report(key, problem, hint);
        }

        var templates = new YamlTemplates(FileName, variables, problems);
        var name = yaml.Text("name") ?? "";
        var defaults = new DbtProject();
        var models = Paths("model-paths", defaults.ModelPaths);
        foreach (
            var missing in models.Where(folder =>
                yaml.Has("model-paths") && !Directory.Exists(Path.Combine(root, folder))
            )
        )
        {
            yaml.Report("model-paths", $"the folder '{missing}' is not there.");
        }

        var (macros, seeds, tests) = (
            Paths("macro-paths", defaults.MacroPaths),
            Paths("seed-paths", defaults.SeedPaths),
            Paths("test-paths", defaults.TestPaths)
        );
        RefuseSnapshots(root, Paths("snapshot-paths", ["snapshots"]), problems);
        return new()
        {
            Name = name,
            ModelPaths = models,
            MacroPaths = macros,
            SeedPaths = seeds,
            TestPaths = tests,
            DocsPaths = Paths("docs-paths", [.. models, .. seeds, .. macros, .. tests]),
            Variables = ModelVariables.Of(WrittenVariables(yaml, templates), name, variables),
            Models = FolderConfig.Read(yaml.Map("models"), templates.Render),
            Seeds = FolderConfig.Read(yaml.Map("seeds"), templates.Render),
            Tests = FolderConfig.Read(yaml.Map(yaml.Has("data_tests") ? "data_tests" : "tests"), templates.Render),
        };

        IReadOnlyList<string> Paths(string key, IReadOnlyList<string> fallback)
        {
            var paths = yaml.Items(key).Select(item => item.Text ?? "").Where(text => text.Length > 0).ToList();
            return paths.Count == 0 ? fallback : paths;
        }
    }

    /// <summary>What <c>dbt_project.yml</c> says of the tests that a file has.</summary>
    /// <param name="file">The file, relative to the project.</param>
    public IReadOnlyDictionary<string, ConfigValue> TestsOf(string file)
    {
        var root = ModelPaths
            .Concat(SeedPaths)
            .Concat(TestPaths)
            .FirstOrDefault(path => file.StartsWith($"{path}/", StringComparison.Ordinal));
        var inner = root is null ? file : file[(root.Length + 1)..];
        return Tests.Of([Name, .. inner.Split('/')[..^1], Path.GetFileNameWithoutExtension(file)]);
    }

    /// <summary>What all templates of the project share.</summary>
    public TemplateProject Templates(MacroLibrary macros) => new(Name, Variables, macros);

    private static Dictionary<string, object?> WrittenVariables(YamlMap yaml, YamlTemplates templates)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (yaml.Map("vars") is { } vars)
        {
            foreach (var (name, line) in vars.Keys)
            {
                values[name] = templates.Render(vars.Value(name), line);
            }
        }

        return values;
    }

    private static void RefusePackages(string root, Problems problems)
    {
        foreach (var name in PackageFiles)
        {
            var path = Path.Combine(root, name);
            if (
                !File.Exists(path)
                || File.ReadAllText(path).Trim().Length == 0
                || YamlFile.Read(path, name, problems) is not { } yaml
            )
            {
                continue;
            }

            foreach (var key in PackageKeys.Where(key => !IsEmpty(yaml.Value(key))))
            {
                yaml.Report(
                    key,
                    "packages are not installed.",
                    "Copy the macros that the models use into macros/, with their licence, and remove the packages."
                );
            }
        }
    }

    private static void RefuseSnapshots(string root, IReadOnlyList<string> folders, Problems problems)
    {
        foreach (var file in ProjectFiles.Find(root, folders, "*.sql"))
        {
            problems.Add(file.Name, 1, Refused["snapshots"].Problem, Refused["snapshots"].Hint);
        }
    }

    private static bool IsEmpty(object? value) =>
        value is null or ""
        || value is IReadOnlyDictionary<string, object?> { Count: 0 }
        || value is List<object?> { Count: 0 };
}
