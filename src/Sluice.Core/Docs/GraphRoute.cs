namespace Sluice.Core.Docs;

/// <summary>The way of an edge: from its box to the right, between the boxes of other columns, to its other box.</summary>
internal sealed record GraphRoute(string From, string To, IReadOnlyList<(double X, double Y)> Points);
