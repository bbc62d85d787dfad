using Sluice.Core;
using Sluice.Core.Models;
using Sluice.Core.Models.Testing;
using Sluice.Project.Models.Properties;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models;

/// <summary>Reads the dbt part of a project: models, seeds, what is said of them, and their tests.</summary>
internal sealed class ModelFolder
{
    private const string GenericFolder = "generic/";
    private const string FixtureFolder = "fixtures/";

    private readonly string _root;
    private readonly DbtProject _dbt;
    private readonly Problems _problems;
    private readonly TemplateProject _templates;
    private readonly PropertySet _said = new();

    private ModelFolder(string root, DbtProject dbt, Problems problems)
    {
        (_root, _dbt, _problems) = (root, dbt, problems);
        _templates = dbt.Templates(Macros());
    }

    /// <summary>Reads the folder.</summary>
    public static DbtFolder Read(string root, DbtProject dbt, Problems problems) =>
        new ModelFolder(root, dbt, problems).Read();

    private DbtFolder Read()
    {
        ReadProperties();
        var models = new Dictionary<string, ModelDefinition>(StringComparer.OrdinalIgnoreCase);
        var disabled = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, file, inner) in ProjectFiles.Find(_root, _dbt.ModelPaths, "*.sql"))
        {
            Add(models, disabled, Path.GetFileNameWithoutExtension(path), file, name => Model(path, file, inner, name));
        }

        foreach (var (path, file, inner) in ProjectFiles.Find(_root, _dbt.SeedPaths, "*.csv"))
        {
            Add(models, disabled, Path.GetFileNameWithoutExtension(path), file, name => Seed(path, file, inner, name));
        }

        foreach (var (_, file, _) in ProjectFiles.Find(_root, _dbt.ModelPaths, "*.py"))
        {
            _problems.Add(file, 0, "a model is a .sql file with one SELECT: Python is not run.", "Write it in SQL.");
        }

        // A description of nothing harms nobody; tests that never run would.
        foreach (
            var test in _said
                .Tests.Where(test => test.Of.IsMart && !models.ContainsKey(test.Of.Name))
                .Where(test => !disabled.Contains(test.Of.Name))
                .DistinctBy(test => test.Of)
        )
        {
            _problems.Add(
                test.File,
                _said.Nodes[test.Of.Name].Line,
                $"there is no model '{test.Of.Name}' to test.",
                Nearest.Suggest(test.Of.Name, models.Keys)
            );
        }

        return WithTests(models, disabled);
    }

    private void Add(
        Dictionary<string, ModelDefinition> models,
        HashSet<string> disabled,
        string name,
        string file,
        Func<string, ModelDefinition> read
    )
    {
        if (models.TryGetValue(name, out var other))
        {
            _problems.Add(file, 0, $"the model '{name}' is there twice, also as {other.File}.");
            return;
        }

        var model = read(name);
        if (model.Config.Enabled)
        {
            models[name] = model;
        }
        else
        {
            disabled.Add(name);
        }
    }

    private ModelDefinition Model(string path, string file, string inner, string name)
    {
        var text = File.ReadAllText(path);
        var inherited = Inherited(_dbt.Models, inner, name);
        var template = ModelTemplate.Parse(file, text, _templates, inherited, _problems);
        return new()
        {
            Name = name,
            File = file,
            RawSql = text,
            Refs = template.Refs,
            Sources = template.Sources,
            Config = ModelConfigReader.Read(ConfigLayers.Merge(inherited, template.Config), _problems),
            Properties = _said.Nodes.GetValueOrDefault(name)?.Node ?? new(),
            Render = template.Render,
            LineOf = template.LineOf,
        };
    }

    private ModelDefinition Seed(string path, string file, string inner, string name)
    {
        var values = Inherited(_dbt.Seeds, inner, name);
        var types = values.GetValueOrDefault("column_types")?.Value as IReadOnlyDictionary<string, object?>;
        return new()
        {
            Name = name,
            File = file,
            Refs = [],
            Sources = [],
            Config = ModelConfigReader.Read(values, _problems),
            Properties = _said.Nodes.GetValueOrDefault(name)?.Node ?? new(),
            Seed = new(
                path,
                ContentDigest.Of(path),
                (types ?? new Dictionary<string, object?>()).ToDictionary(
                    type => type.Key,
                    type => $"{type.Value}",
                    StringComparer.OrdinalIgnoreCase
                )
            ),
            Render = _ => "",
        };
    }

    private Dictionary<string, ConfigValue> Inherited(FolderConfig folders, string inner, string name)
    {
        var ofFolder = folders.Of([_dbt.Name, .. inner.Split('/')[..^1], name]);
        return _said.Nodes.TryGetValue(name, out var node)
            ? ConfigLayers.Merge(ofFolder, node.Config)
            : new(ofFolder, StringComparer.Ordinal);
    }

    private DbtFolder WithTests(Dictionary<string, ModelDefinition> models, HashSet<string> disabled)
    {
        TestConfig.Check(_dbt.Tests, _problems);
        var factory = new DataTestFactory(_dbt, _templates, _problems);
        var tests = _said
            .Tests.Where(test => !test.Of.IsMart || models.ContainsKey(test.Of.Name))
            .Select(factory.Generic)
            .Concat(
                ProjectFiles
                    .Find(_root, _dbt.TestPaths, "*.sql")
                    .Where(file =>
                        !file.Inner.StartsWith(GenericFolder, StringComparison.Ordinal)
                        && !file.Inner.StartsWith(FixtureFolder, StringComparison.Ordinal)
                    )
                    .Select(file => factory.Singular(file.Path, file.Name))
            )
            .OfType<DataTest>()
            .Where(test => !test.Refs.Any(disabled.Contains))
            .ToList();
        foreach (
            var test in _said.UnitTests.Where(test => !models.ContainsKey(test.Model) && !disabled.Contains(test.Model))
        )
        {
            _problems.Add(
                test.File,
                test.Line,
                $"the unit test '{test.Name}' names the model '{test.Model}', which is not there.",
                Nearest.Suggest(test.Model, models.Keys)
            );
        }

        foreach (var test in tests)
        {
            foreach (var name in test.Refs.Where(name => !models.ContainsKey(name)))
            {
                _problems.Add(
                    test.File,
                    test.Line,
                    $"the test '{test.Name}' reads the model '{name}', which is not there.",
                    Nearest.Suggest(name, models.Keys)
                );
            }
        }

        var byModel = tests.ToLookup(
            test => test.Of is { IsMart: true } own ? own.Name : "",
            StringComparer.OrdinalIgnoreCase
        );
        var units = _said.UnitTests.ToLookup(test => test.Model, StringComparer.OrdinalIgnoreCase);
        return new(
            [
                .. models.Values.Select(model =>
                    model with
                    {
                        Tests = [.. byModel[model.Name]],
                        UnitTests = [.. units[model.Name]],
                    }
                ),
            ],
            _said.AllCopies,
            _said.Sources,
            [.. byModel[""]]
        );
    }

    private void ReadProperties()
    {
        var docs = new DocBlocks(_templates);
        foreach (var (path, file, _) in ProjectFiles.Find(_root, _dbt.DocsPaths, "*.md"))
        {
            docs.Add(file, File.ReadAllText(path), _problems);
        }

        var fixtures = ProjectFiles
            .Find(_root, _dbt.TestPaths, "*.*")
            .Where(file => file.Inner.StartsWith(FixtureFolder, StringComparison.Ordinal))
            .DistinctBy(file => Path.GetFileNameWithoutExtension(file.Path), StringComparer.Ordinal)
            .ToDictionary(
                file => Path.GetFileNameWithoutExtension(file.Path),
                file => file.Path,
                StringComparer.Ordinal
            );
        var reader = new PropertyFile(docs, _said, fixtures, _problems);
        var folders = _dbt.ModelPaths.Concat(_dbt.SeedPaths).Concat(_dbt.TestPaths).ToList();
        foreach (
            var (path, file, _) in ProjectFiles
                .Find(_root, folders, "*.yml")
                .Concat(ProjectFiles.Find(_root, folders, "*.yaml"))
        )
        {
            reader.Read(path, file);
        }
    }

    private MacroLibrary Macros()
    {
        var macros = new MacroLibrary();
        var own = ProjectFiles
            .Find(_root, _dbt.MacroPaths, "*.sql")
            .Concat(
                ProjectFiles
                    .Find(_root, _dbt.TestPaths, "*.sql")
                    .Where(file => file.Inner.StartsWith(GenericFolder, StringComparison.Ordinal))
            );
        foreach (var (path, file, _) in own)
        {
            macros.Add(file, File.ReadAllText(path), _problems);
        }

        foreach (var (_, text) in TestMacros.All.Where(macro => macros.Find(macro.Key) is null))
        {
            macros.Add("generic test", text, _problems);
        }

        return macros;
    }
}
