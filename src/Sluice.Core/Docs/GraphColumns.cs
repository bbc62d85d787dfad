namespace Sluice.Core.Docs;

/// <summary>The columns of a graph, ordered so that few edges cross.</summary>
internal sealed class GraphColumns
{
    private const int Sweeps = 12;

    private readonly Dictionary<string, GraphSlot> _boxes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<GraphSlot>> _lanes = new(StringComparer.Ordinal);

    private GraphColumns(IReadOnlyList<List<GraphSlot>> layers) => Layers = layers;

    public IReadOnlyList<List<GraphSlot>> Layers { get; }

    public static GraphColumns Of(IReadOnlyList<GraphNode> nodes, IReadOnlyDictionary<string, int> layerOf)
    {
        // A project without sources has no column for them.
        var used = layerOf.Values.Distinct().Order().ToList();
        var columns = new GraphColumns([.. used.Select(_ => new List<GraphSlot>())]);
        foreach (var node in nodes)
        {
            columns._lanes[node.Id] = [];
            columns._boxes[node.Id] = columns.Add(used.IndexOf(layerOf[node.Id]), node.Width, isLane: false);
        }

        foreach (var node in nodes)
        {
            foreach (var parent in node.Parents)
            {
                columns.Connect(parent, columns._boxes[node.Id]);
            }
        }

        columns.Order();
        return columns;
    }

    public GraphSlot BoxOf(string id) => _boxes[id];

    /// <summary>The lanes of a box's edges, column by column.</summary>
    public IReadOnlyList<GraphSlot> LanesOf(string id) => _lanes[id];

    private GraphSlot Add(int layer, double width, bool isLane)
    {
        var slot = new GraphSlot(layer, width, isLane);
        Layers[layer].Add(slot);
        return slot;
    }

    // All edges of a box share its lanes.
    private void Connect(string parent, GraphSlot child)
    {
        var (from, lanes) = (_boxes[parent], _lanes[parent]);
        for (var layer = from.Layer + 1; layer < child.Layer; layer++)
        {
            var lane = lanes.Find(known => known.Layer == layer);
            if (lane is null)
            {
                lane = Add(layer, 0, isLane: true);
                lanes.Add(lane);
            }

            from.Join(lane);
            from = lane;
        }

        from.Join(child);
    }

    private void Order()
    {
        var best = Layers.Select(layer => layer.ToList()).ToList();
        var fewest = Crossings();
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var isRight = sweep % 2 == 0;
            foreach (var layer in isRight ? Layers : Layers.Reverse())
            {
                Sort(layer, isRight);
            }

            if (Crossings() is var crossings && crossings < fewest)
            {
                (fewest, best) = (crossings, [.. Layers.Select(layer => layer.ToList())]);
            }
        }

        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].Clear();
            Layers[i].AddRange(best[i]);
        }
    }

    private void Sort(List<GraphSlot> layer, bool isRight)
    {
        var places = Places();
        var ordered = layer
            .OrderBy(slot =>
                (isRight ? slot.Before : slot.After)
                    .Select(other => (double)places[other])
                    .DefaultIfEmpty(places[slot])
                    .Average()
            )
            .ToList();
        layer.Clear();
        layer.AddRange(ordered);
    }

    private int Crossings()
    {
        var places = Places();
        var crossings = 0;
        foreach (var layer in Layers)
        {
            var edges = layer
                .SelectMany(slot => slot.After.Select(next => (From: places[slot], To: places[next])))
                .ToList();
            for (var i = 0; i < edges.Count; i++)
            {
                for (var j = i + 1; j < edges.Count; j++)
                {
                    crossings += (edges[i].From - edges[j].From) * (edges[i].To - edges[j].To) < 0 ? 1 : 0;
                }
            }
        }

        return crossings;
    }

    private Dictionary<GraphSlot, int> Places() =>
        Layers
            .SelectMany(layer => layer.Select((slot, place) => (slot, place)))
            .ToDictionary(pair => pair.slot, pair => pair.place);
}
