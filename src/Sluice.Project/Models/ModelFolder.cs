using Sluice.Core.Models;
using Sluice.Core.Tables;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models;

/// <summary>Reads the models: one <c>.sql</c> file each, in any folder below the model paths.</summary>
internal static class ModelFolder
{
    /// <summary>Reads the folder.</summary>
    /// <returns>The models that are not disabled, and the raw tables of which they read every copy.</returns>
    public static (IReadOnlyList<ModelDefinition> Models, IReadOnlySet<TableId> AllCopies) Read(
        string root,
        DbtProject dbt,
        Problems problems
    )
    {
        var templates = dbt.Templates(Macros(root, dbt, problems));
        var models = new Dictionary<string, ModelDefinition>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, file, inner) in ProjectFiles.Find(root, dbt.ModelPaths, "*.sql"))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (models.TryGetValue(name, out var other))
            {
                problems.Add(file, 0, $"the model '{name}' is there twice, also as {other.File}.");
                continue;
            }

            var inherited = dbt.Models.Of([dbt.Name, .. inner.Split('/')[..^1], name]);
            var template = ModelTemplate.Parse(file, File.ReadAllText(path), templates, inherited, problems);
            var values = ConfigLayers.Merge(inherited, template.Config);
            var config = ModelConfigReader.Read(values, problems);
            if (config.Enabled)
            {
                CheckRuns(config, values, problems);
                models[name] = new ModelDefinition
                {
                    Name = name,
                    File = file,
                    Refs = template.Refs,
                    Sources = template.Sources,
                    Config = config,
                    Render = template.Render,
                };
            }
        }

        foreach (var (_, file, _) in ProjectFiles.Find(root, dbt.ModelPaths, "*.py"))
        {
            problems.Add(file, 0, "a model is a .sql file with one SELECT: Python is not run.", "Write it in SQL.");
        }

        var allCopies = new HashSet<TableId>();
        foreach (
            var (path, file, _) in ProjectFiles
                .Find(root, dbt.ModelPaths, "*.yml")
                .Concat(ProjectFiles.Find(root, dbt.ModelPaths, "*.yaml"))
        )
        {
            allCopies.UnionWith(PropertyFile.Read(path, file, problems));
        }

        return ([.. models.Values], allCopies);
    }

    private static MacroLibrary Macros(string root, DbtProject dbt, Problems problems)
    {
        var macros = new MacroLibrary();
        foreach (var (path, file, _) in ProjectFiles.Find(root, dbt.MacroPaths, "*.sql"))
        {
            macros.Add(file, File.ReadAllText(path), problems);
        }

        return macros;
    }

    // Until the other materializations are built, nobody may rely on them.
    private static void CheckRuns(ModelConfig config, Dictionary<string, ConfigValue> values, Problems problems)
    {
        if (config.Materialized != Materialization.Table)
        {
            var (kind, file, line) = values["materialized"];
            problems.Add(file, line, $"materialized='{kind}' is not run by this version.", "Use materialized='table'.");
        }
    }
}
