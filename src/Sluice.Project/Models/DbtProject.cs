using Sluice.Project.Yaml;

namespace Sluice.Project.Models;

/// <summary>What Sluice reads of <c>dbt_project.yml</c>; defaults where there is none.</summary>
internal sealed record DbtProject
{
    private const string FileName = "dbt_project.yml";

    public IReadOnlyList<string> ModelPaths { get; init; } = ["models"];

    /// <summary>The values of <c>var('…')</c>.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    public static DbtProject Read(string root, Problems problems)
    {
        var path = Path.Combine(root, FileName);
        if (!File.Exists(path) || YamlFile.Read(path, FileName, problems) is not { } yaml)
        {
            return new();
        }

        yaml.Allow("name", "version", "config-version", "profile", "model-paths", "vars");
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (yaml.Map("vars") is { } vars)
        {
            foreach (var (name, _) in vars.Keys)
            {
                variables[name] = vars.Text(name) ?? "";
            }
        }

        var paths = yaml.Items("model-paths").Select(item => item.Text ?? "").ToList();
        foreach (var missing in paths.Where(folder => !Directory.Exists(Path.Combine(root, folder))))
        {
            yaml.Report("model-paths", $"the folder '{missing}' is not there.");
        }

        return new() { ModelPaths = paths.Count == 0 ? new DbtProject().ModelPaths : paths, Variables = variables };
    }
}
