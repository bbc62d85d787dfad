using Sluice.Core.Docs;

namespace Sluice.Tests.Core.Docs;

public sealed class GraphLayoutTests
{
    public static TheoryData<int, int> Sizes =>
        new()
        {
            { 1, 1 },
            { 2, 5 },
            { 3, 20 },
            { 4, 60 },
            { 5, 60 },
            { 6, 150 },
        };

    [Theory, MemberData(nameof(Sizes))]
    public void No_boxes_overlap(int seed, int models)
    {
        var boxes = GraphLayout.Of(Random(seed, models)).Boxes;
        foreach (var (i, one) in boxes.Index())
        {
            Assert.DoesNotContain(
                boxes.Skip(i + 1),
                other =>
                    one.Left < other.Right
                    && other.Left < one.Right
                    && one.Top < other.Top + GraphBox.Height
                    && other.Top < one.Top + GraphBox.Height
            );
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Edges_go_from_left_to_right_from_box_to_box(int seed, int models)
    {
        var nodes = Random(seed, models);
        var layout = GraphLayout.Of(nodes);
        var boxes = layout.Boxes.ToDictionary(box => box.Id);
        Assert.Equal(nodes.Sum(node => node.Parents.Count), layout.Routes.Count);
        foreach (var route in layout.Routes)
        {
            Assert.Equal((boxes[route.From].Right, boxes[route.From].Middle), route.Points[0]);
            Assert.Equal((boxes[route.To].Left, boxes[route.To].Middle), route.Points[^1]);
            Assert.True(route.Points[0].X < route.Points[^1].X);
            Assert.All(
                route.Points.Zip(route.Points.Skip(1)),
                pair => Assert.True(pair.First.X <= pair.Second.X, $"{route.From} to {route.To} turns back")
            );
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void No_edge_runs_behind_a_box(int seed, int models)
    {
        var layout = GraphLayout.Of(Random(seed, models));
        foreach (var route in layout.Routes.Where(route => route.Points.Count > 2))
        {
            // Every second stretch passes through a column.
            for (var i = 1; i + 1 < route.Points.Count; i += 2)
            {
                var ((left, y), right) = (route.Points[i], route.Points[i + 1].X);
                Assert.DoesNotContain(
                    layout.Boxes,
                    box => box.Left < right && left < box.Right && box.Top < y && y < box.Top + GraphBox.Height
                );
            }
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Everything_is_inside_the_picture(int seed, int models)
    {
        var layout = GraphLayout.Of(Random(seed, models));
        Assert.All(
            layout.Boxes,
            box =>
            {
                Assert.InRange(box.Left, 0, layout.Width - box.Width);
                Assert.InRange(box.Top, 0, layout.Height - GraphBox.Height);
            }
        );
        Assert.All(layout.Routes.SelectMany(route => route.Points), point => Assert.InRange(point.Y, 0, layout.Height));
    }

    [Fact]
    public void A_model_stands_right_of_all_it_reads_and_never_among_the_sources()
    {
        var layers = GraphLayout
            .Of([
                new("source", 80, 0, []),
                new("dates", 80, 1, []),
                new("a", 80, 1, ["source"]),
                new("b", 80, 1, ["a", "source"]),
            ])
            .Boxes.ToDictionary(box => box.Id, box => box.Layer);
        Assert.Equal(0, layers["source"]);
        Assert.Equal(1, layers["dates"]);
        Assert.Equal(1, layers["a"]);
        Assert.Equal(2, layers["b"]);
    }

    [Fact]
    public void Two_straight_lines_do_not_cross()
    {
        var boxes = GraphLayout
            .Of([new("s1", 80, 0, []), new("s2", 80, 0, []), new("of2", 80, 1, ["s2"]), new("of1", 80, 1, ["s1"])])
            .Boxes.ToDictionary(box => box.Id, box => box.Top);
        Assert.Equal(boxes["s1"] < boxes["s2"], boxes["of1"] < boxes["of2"]);
        Assert.Equal(boxes["s1"], boxes["of1"]);
    }

    [Fact]
    public void Nothing_to_draw_is_no_fault() => Assert.Empty(GraphLayout.Of([]).Boxes);

    private static List<GraphNode> Random(int seed, int models)
    {
        var random = new Random(seed);
        var nodes = Enumerable.Range(0, 1 + (models / 6)).Select(i => new GraphNode($"s{i}", 90, 0, [])).ToList();
        for (var i = 0; i < models; i++)
        {
            var parents = Enumerable
                .Range(0, random.Next(0, 4))
                .Select(_ => nodes[random.Next(nodes.Count)].Id)
                .Distinct()
                .ToList();
            nodes.Add(new($"m{i}", 60 + random.Next(120), 1, parents));
        }

        return nodes;
    }
}
