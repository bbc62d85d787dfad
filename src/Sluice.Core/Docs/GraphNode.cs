namespace Sluice.Core.Docs;

/// <summary>A box that is to be placed.</summary>
/// <param name="Id">Its own.</param>
/// <param name="Width">How wide it must be, in pixels.</param>
/// <param name="LeastLayer">The leftmost column where it may stand, from 0.</param>
/// <param name="Parents">The ids of the boxes that must stand left of it.</param>
internal sealed record GraphNode(string Id, double Width, int LeastLayer, IReadOnlyList<string> Parents);
