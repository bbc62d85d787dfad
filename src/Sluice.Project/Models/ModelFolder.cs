using Sluice.Core.Models;
using Sluice.Core.Tables;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models;

/// <summary>Reads the models: one <c>.sql</c> file each, in any folder below the model paths.</summary>
internal static class ModelFolder
{
    /// <summary>Reads the folder.</summary>
    /// <returns>The models, and the raw tables of which they read every copy.</returns>
    public static (IReadOnlyList<ModelDefinition> Models, IReadOnlySet<TableId> AllCopies) Read(
        string root,
        DbtProject dbt,
        Problems problems
    )
    {
        var models = new Dictionary<string, ModelDefinition>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in Files(root, dbt, "*.sql"))
        {
            var file = Relative(root, path);
            var name = Path.GetFileNameWithoutExtension(path);
            if (models.TryGetValue(name, out var other))
            {
                problems.Add(file, 0, $"the model '{name}' is there twice, also as {other.File}.");
                continue;
            }

            var template = ModelTemplate.Parse(file, File.ReadAllText(path), dbt.Variables, problems);
            models[name] = new ModelDefinition
            {
                Name = name,
                File = file,
                Refs = template.Refs,
                Sources = template.Sources,
                Render = template.Render,
            };
        }

        var allCopies = new HashSet<TableId>();
        foreach (var path in Files(root, dbt, "*.yml").Concat(Files(root, dbt, "*.yaml")))
        {
            allCopies.UnionWith(PropertyFile.Read(path, Relative(root, path), problems));
        }

        return ([.. models.Values], allCopies);
    }

    private static IEnumerable<string> Files(string root, DbtProject dbt, string pattern) =>
        dbt
            .ModelPaths.Select(folder => Path.Combine(root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
            .Select(Path.GetFullPath)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private static string Relative(string root, string path) => Path.GetRelativePath(root, path).Replace('\\', '/');
}
