using Sluice.Core.Extraction;
using Sluice.Core.Models;
using Sluice.Core.Projects;
using Sluice.Core.Scheduling;
using Sluice.Project;

namespace Sluice.Tests.Core.Scheduling;

public sealed class DefaultDagsTests
{
    [Fact]
    public void The_samples_tasks_are_those_that_were_reviewed()
    {
        var project = ProjectLoader.Load(Path.Combine(Repository.Root, "samples", "ecommerce")).Definition;

        Golden.Match(
            "dags/ecommerce.txt",
            Print(DefaultDags.Extraction(project)) + "\n" + Print(DefaultDags.Modeling(project))
        );
    }

    [Fact]
    public void With_several_sources_the_load_tasks_name_theirs() =>
        Assert.Equal(
            ["load_app_users", "load_shop_users", "funnel_extraction_complete"],
            DefaultDags
                .Extraction(Project(Source("app", "users"), Source("shop", "users")))
                .Tasks.Select(task => task.Id)
        );

    [Fact]
    public void An_import_has_no_load_task_and_does_not_make_another_source_one_of_several() =>
        Assert.Equal(
            ["load_users", "funnel_extraction_complete"],
            DefaultDags
                .Extraction(Project(Source("app", "users"), Source("import", "x") with { Kind = SourceKind.Import }))
                .Tasks.Select(task => task.Id)
        );

    [Fact]
    public void Without_sources_there_is_only_the_point_that_others_wait_for() =>
        Assert.Empty(Assert.Single(DefaultDags.Extraction(Project()).Tasks).Upstream);

    [Fact]
    public void Tables_whose_ids_would_be_equal_get_different_ones()
    {
        var dag = DefaultDags.Extraction(Project(Source("app", "a b", "a_b")));

        Assert.Equal(["load_a_b", "load_a_b_2"], dag.Tasks[^1].Upstream);
        Assert.Equal(
            [new TaskWork.Extract("app", "a b"), new TaskWork.Extract("app", "a_b")],
            dag.Tasks.Take(2).Select(task => task.Work)
        );
    }

    [Fact]
    public void A_model_called_like_a_task_gets_another_id_and_its_readers_wait_for_that()
    {
        var project = Project() with
        {
            Models = ModelGraph.Create([Model("publish_build"), Model("z", "publish_build")], [], []),
        };

        var tasks = DefaultDags.Modeling(project).Tasks;

        Assert.Equal(
            ["wait_for_funnel_pipeline", "start_dimension_modeling", "publish_build_2", "z", "publish_build"],
            tasks.Select(task => task.Id)
        );
        Assert.Equal(["publish_build_2"], tasks[3].Upstream);
    }

    [Fact]
    public void Every_task_comes_after_those_it_waits_for()
    {
        var project = Project(Source("app", "users")) with
        {
            Models = ModelGraph.Create([Model("a", "c"), Model("b"), Model("c", "b")], [], []),
        };

        foreach (var dag in new[] { DefaultDags.Extraction(project), DefaultDags.Modeling(project) })
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var task in dag.Tasks)
            {
                Assert.Subset(seen, task.Upstream.ToHashSet(StringComparer.Ordinal));
                Assert.True(seen.Add(task.Id));
            }
        }
    }

    private static string Work(TaskDefinition task) =>
        task.Work is TaskWork.WaitFor wait ? $"WaitFor {{ {wait.Target} }}" : $"{task.Work}";

    private static string Print(DagDefinition dag) =>
        $"{dag.Id}\n"
        + string.Concat(
            dag.Tasks.Select(task => $"  {task.Id}: {Work(task)} after [{string.Join(", ", task.Upstream)}]\n")
        );

    private static ProjectDefinition Project(params SourceDefinition[] sources) =>
        new()
        {
            Name = "p",
            Root = "/p",
            Sources = sources,
            Models = ModelGraph.Create([], [], []),
        };

    private static SourceDefinition Source(string name, params string[] tables) =>
        new()
        {
            Name = name,
            Kind = SourceKind.Sqlite,
            Tables = [.. tables.Select(table => new SourceTable { Name = table })],
        };

    private static ModelDefinition Model(string name, params string[] refs) =>
        new()
        {
            Name = name,
            File = $"{name}.sql",
            Refs = refs,
            Sources = [],
            Render = _ => "select 1",
        };
}
