using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Models;
using Sluice.Core.Projects;
using Sluice.Core.Tables;
using Sluice.Project.Funnels;
using Sluice.Project.Models;
using Sluice.Project.Scheduling;
using Sluice.Project.Sources;
using Sluice.Project.Yaml;

namespace Sluice.Project;

/// <summary>Reads a project folder: <c>sluice.yaml</c>, the dbt folder and the funnels.</summary>
public static class ProjectLoader
{
    /// <summary>The file that makes a folder a project.</summary>
    public const string FileName = "sluice.yaml";

    /// <summary>The project folder at or above <paramref name="folder"/>.</summary>
    /// <exception cref="DefinitionException">There is none.</exception>
    public static string FindRoot(string folder)
    {
        for (var at = Path.GetFullPath(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, FileName)) || File.Exists(Path.Combine(at, DbtProject.FileName)))
            {
                return at;
            }
        }

        throw new DefinitionException(
            $"There is no {FileName} in '{Path.GetFullPath(folder)}' or above it.",
            "Go into a project's folder or name it with --project; 'sluice init' makes one, 'sluice demo' one with data."
        );
    }

    /// <summary>Reads everything and checks it.</summary>
    /// <param name="root">The project's folder.</param>
    /// <param name="variables">Values of <c>var('…')</c> over those of <c>dbt_project.yml</c>; null for none.</param>
    /// <exception cref="DefinitionException">Something is wrong; all problems are named.</exception>
    public static LoadedProject Load(string root, IReadOnlyDictionary<string, object?>? variables = null) =>
        Load(root, variables, forFunnels: false);

    /// <summary>
    /// Reads what it takes to ask funnels of what is published. Models are not read, and a wrong file of a funnel is left to
    /// whoever asks for that funnel.
    /// </summary>
    /// <exception cref="DefinitionException"><c>sluice.yaml</c> is wrong; all its problems are named.</exception>
    public static LoadedProject LoadForFunnels(string root) => Load(root, variables: null, forFunnels: true);

    private static LoadedProject Load(string root, IReadOnlyDictionary<string, object?>? variables, bool forFunnels)
    {
        root = Path.GetFullPath(root);
        var problems = new Problems();
        // A file that is no YAML is reported and read as an empty one, so that the problems of the others show, too.
        // A dbt project needs none: it has no sources of its own, and the defaults are right for it.
        var isWritten =
            File.Exists(Path.Combine(root, FileName)) || !File.Exists(Path.Combine(root, DbtProject.FileName));
        var yaml =
            (isWritten ? YamlFile.Read(Path.Combine(root, FileName), FileName, problems) : null)
            ?? YamlMap.Empty(FileName, problems);
        yaml.Allow("name", "timezone", "engine", "sources", "events", "users", "dags", "pools", "state");
        var zone = ZoneReader.Read(yaml, "timezone") ?? TimeZoneInfo.Utc;
        var sources = SourceReader.Read(yaml, root, zone);
        var engine = EngineReader.Read(yaml);
        var events = EventReader.Events(yaml);
        var users = EventReader.Users(yaml);
        var state = StateReader.Read(yaml, root);
        var pools = PoolReader.Read(yaml);
        var before = problems.Count;
        var dbtProject = forFunnels ? null : DbtProject.Read(root, problems, variables);
        var dbt = dbtProject is null ? DbtFolder.None : ModelFolder.Read(root, dbtProject, problems);
        var modelsAreRead = problems.Count == before;
        var saved = FunnelFolder.Read(root);
        foreach (var problem in forFunnels ? [] : saved.Broken.Values.SelectMany(wrong => wrong))
        {
            problems.Add(problem);
        }

        var graph = problems.Catch(() => GraphOf(dbt.Models, sources));
        var project = new ProjectDefinition
        {
            Name = yaml.Text("name") ?? (dbtProject is { Name.Length: > 0 } ? dbtProject.Name : Path.GetFileName(root)),
            Root = root,
            TimeZone = zone,
            Sources = sources,
            Models = graph ?? ModelGraph.Create([], [], []),
            TablesOfAllCopies = dbt.AllCopies,
            SourceProperties = dbt.Sources,
            OtherTests = dbt.OtherTests,
            Events = events,
            Users = users,
            Funnels = saved.Funnels,
            BrokenFunnels = saved.Broken,
            Pools = pools,
        };
        project = project with
        {
            Dags = forFunnels ? [] : DagReader.Read(yaml, project, modelsAreRead && graph is not null),
        };
        problems.ThrowIfAny();
        return new(project, engine)
        {
            State = state,
            Folders = dbtProject is null
                ? [FunnelFolder.Folder]
                :
                [
                    .. dbtProject.ModelPaths,
                    .. dbtProject.MacroPaths,
                    .. dbtProject.SeedPaths,
                    .. dbtProject.TestPaths,
                    FunnelFolder.Folder,
                ],
        };
    }

    private static ModelGraph GraphOf(IReadOnlyList<ModelDefinition> models, IReadOnlyList<SourceDefinition> sources) =>
        ModelGraph.Create(
            models,
            [.. sources.SelectMany(source => source.Tables.Select(table => TableId.Raw(source.Name, table.Name)))],
            [.. sources.Where(source => source.Kind == SourceKind.Import).Select(source => source.Name)]
        );
}
