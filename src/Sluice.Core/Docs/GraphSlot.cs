namespace Sluice.Core.Docs;

/// <summary>A place in a column: of a box, or of the lane in which the edges of a box farther left pass.</summary>
/// <param name="layer">The column, from 0.</param>
/// <param name="width">Of the box; 0 for a lane.</param>
/// <param name="isLane">Whether edges pass here.</param>
internal sealed class GraphSlot(int layer, double width, bool isLane)
{
    private const double Gap = 10;

    public int Layer => layer;

    public double Width => width;

    public double Height => isLane ? 6 : GraphBox.Height;

    /// <summary>The height of its middle, in pixels.</summary>
    public double Middle { get; set; }

    /// <summary>Its neighbours in the column before.</summary>
    public List<GraphSlot> Before { get; } = [];

    /// <summary>Its neighbours in the column after.</summary>
    public List<GraphSlot> After { get; } = [];

    /// <summary>How far apart the middles of two that follow each other must be.</summary>
    public double DistanceTo(GraphSlot next) => ((Height + next.Height) / 2) + Gap;

    public void Join(GraphSlot next)
    {
        if (!After.Contains(next))
        {
            After.Add(next);
            next.Before.Add(this);
        }
    }
}
