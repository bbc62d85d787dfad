using CsCheck;
using Sluice.Core.Models;
using Sluice.Core.Projects;
using Sluice.Core.Scheduling;

namespace Sluice.Tests.Core.Scheduling;

public sealed class ModelTasksTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    // a ← b ← c, and d by itself.
    private static readonly ProjectDefinition Project = new()
    {
        Name = "p",
        Root = "/p",
        Sources = [],
        Models = ModelGraph.Create([Model("a"), Model("b", "a"), Model("c", "b"), Model("d")], [], []),
    };

    [Fact]
    public void Without_models_nothing_is_added()
    {
        TaskDefinition[] tasks = [new("x", new TaskWork.Empty(), [])];

        Assert.Same(tasks, ModelTasks.Complete(Project, tasks));
    }

    [Fact]
    public void A_model_that_is_left_out_is_no_gap_between_those_around_it() =>
        Assert.Equal(
            [
                "start_dimension_modeling ← ",
                "C ← A",
                "A ← start_dimension_modeling",
                "publish_build ← start_dimension_modeling, C, A",
            ],
            Print(Task("C", "c"), Task("A", "a"))
        );

    [Fact]
    public void What_comes_after_a_model_is_not_waited_for_by_the_pin() =>
        Assert.Equal(
            [
                "start_dimension_modeling ← x",
                "x ← ",
                "A ← start_dimension_modeling",
                "between ← A",
                "D ← between",
                "publish_build ← start_dimension_modeling, A, D",
            ],
            Print(
                new("x", new TaskWork.Empty(), []),
                Task("A", "a", "x"),
                new("between", new TaskWork.Empty(), ["A"]),
                Task("D", "d", "between", "x")
            )
        );

    // Whatever of the models a DAG has, and whatever stands before them: the pin comes after all that, and before every model.
    [Fact]
    public void Every_model_comes_after_the_pin_and_that_after_what_models_depend_on() =>
        Gen.Select(Gen.Shuffle(Names), Gen.Int[1, 4], Gen.Int[0, 15])
            .Sample(
                (names, count, depending) =>
                {
                    TaskDefinition[] tasks =
                    [
                        .. names
                            .Take(count)
                            .Select(
                                (name, at) =>
                                    Task(name.ToUpperInvariant(), name, (depending >> at & 1) == 1 ? ["x"] : [])
                            ),
                        new("x", new TaskWork.Empty(), []),
                    ];
                    var (ordered, circle) = TaskOrder.Sort(ModelTasks.Complete(Project, tasks));
                    Assert.Null(circle);
                    var dag = new DagDefinition("dag", ordered);
                    var pinned = dag.WithDownstream(DefaultDags.Start);
                    var needed = (depending & ((1 << count) - 1)) != 0;
                    return names.Take(count).All(name => pinned.Contains(name.ToUpperInvariant()))
                        && pinned[^1] == DefaultDags.Publish
                        && dag.WithDownstream("x").Contains(DefaultDags.Start) == needed;
                }
            );

    private static IEnumerable<string> Print(params TaskDefinition[] tasks) =>
        ModelTasks.Complete(Project, tasks).Select(task => $"{task.Id} ← {string.Join(", ", task.Upstream)}");

    private static TaskDefinition Task(string id, string model, params string[] upstream) =>
        new(id, new TaskWork.Model(model), upstream);

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
