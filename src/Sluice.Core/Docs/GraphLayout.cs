namespace Sluice.Core.Docs;

/// <summary>Boxes in columns, so that every edge goes from left to right and none runs behind a box.</summary>
/// <remarks>
/// Sugiyama's method: columns by depth, a lane of its own for an edge that passes a column, few crossings by barycentres, and
/// then heights that keep edges straight. The same graph gives the same picture.
/// </remarks>
internal sealed class GraphLayout
{
    private const double ColumnGap = 64;
    private const double Margin = 8;
    private const int HeightSweeps = 8;

    private GraphLayout(IReadOnlyList<GraphBox> boxes, IReadOnlyList<GraphRoute> routes) =>
        (Boxes, Routes) = (boxes, routes);

    public IReadOnlyList<GraphBox> Boxes { get; }

    public IReadOnlyList<GraphRoute> Routes { get; }

    public double Width => Boxes.Select(box => box.Right).DefaultIfEmpty().Max() + Margin;

    public double Height =>
        Boxes
            .Select(box => box.Top + GraphBox.Height)
            .Concat(Routes.SelectMany(route => route.Points).Select(point => point.Y))
            .DefaultIfEmpty()
            .Max() + Margin;

    /// <summary>Places the boxes.</summary>
    /// <param name="nodes">Each after its parents.</param>
    public static GraphLayout Of(IReadOnlyList<GraphNode> nodes)
    {
        var layerOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            layerOf[node.Id] = Math.Max(
                node.LeastLayer,
                node.Parents.Select(parent => layerOf[parent] + 1).DefaultIfEmpty().Max()
            );
        }

        var columns = GraphColumns.Of(nodes, layerOf);
        var lefts = Lefts(columns.Layers, out var widths);
        SetHeights(columns.Layers);
        var boxes = nodes.ToDictionary(
            node => node.Id,
            node => new GraphBox(
                node.Id,
                columns.BoxOf(node.Id).Layer,
                lefts[columns.BoxOf(node.Id).Layer],
                columns.BoxOf(node.Id).Middle - (GraphBox.Height / 2),
                widths[columns.BoxOf(node.Id).Layer]
            ),
            StringComparer.Ordinal
        );
        var routes = nodes.SelectMany(node =>
            node.Parents.Select(parent => new GraphRoute(
                parent,
                node.Id,
                [
                    (boxes[parent].Right, boxes[parent].Middle),
                    .. columns
                        .LanesOf(parent)
                        .Where(lane => lane.Layer < boxes[node.Id].Layer)
                        .SelectMany(lane =>
                            new[]
                            {
                                (lefts[lane.Layer], lane.Middle),
                                (lefts[lane.Layer] + widths[lane.Layer], lane.Middle),
                            }
                        ),
                    (boxes[node.Id].Left, boxes[node.Id].Middle),
                ]
            ))
        );
        return new([.. nodes.Select(node => boxes[node.Id])], [.. routes]);
    }

    private static double[] Lefts(IReadOnlyList<List<GraphSlot>> layers, out double[] widths)
    {
        widths = [.. layers.Select(layer => layer.Max(slot => slot.Width))];
        var lefts = new double[layers.Count];
        var left = Margin;
        for (var i = 0; i < layers.Count; i++)
        {
            lefts[i] = left;
            left += widths[i] + ColumnGap;
        }

        return lefts;
    }

    private static void SetHeights(IReadOnlyList<List<GraphSlot>> layers)
    {
        foreach (var layer in layers)
        {
            Place(layer, _ => 0);
        }

        for (var sweep = 0; sweep < HeightSweeps; sweep++)
        {
            var isRight = sweep % 2 == 0;
            foreach (var layer in isRight ? layers : layers.Reverse())
            {
                Place(layer, slot => MeanOf(isRight ? slot.Before : slot.After) ?? slot.Middle);
            }
        }

        var all = layers.SelectMany(layer => layer).ToList();
        var top = all.Select(slot => slot.Middle - (slot.Height / 2)).DefaultIfEmpty().Min();
        all.ForEach(slot => slot.Middle += Margin - top);
    }

    // As near to where each wants to be as those above allow, and as those below allow: the middle of two orders that both
    // keep the distances keeps them too.
    private static void Place(List<GraphSlot> layer, Func<GraphSlot, double> wanted)
    {
        var places = layer.Select(wanted).ToArray();
        var (down, up) = (places.ToArray(), places.ToArray());
        for (var i = 1; i < layer.Count; i++)
        {
            down[i] = Math.Max(down[i], down[i - 1] + layer[i - 1].DistanceTo(layer[i]));
        }

        for (var i = layer.Count - 2; i >= 0; i--)
        {
            up[i] = Math.Min(up[i], up[i + 1] - layer[i].DistanceTo(layer[i + 1]));
        }

        for (var i = 0; i < layer.Count; i++)
        {
            layer[i].Middle = (down[i] + up[i]) / 2;
        }
    }

    private static double? MeanOf(List<GraphSlot> slots) =>
        slots.Count == 0 ? null : slots.Average(slot => slot.Middle);
}
