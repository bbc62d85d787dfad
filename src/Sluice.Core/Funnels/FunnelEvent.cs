namespace Sluice.Core.Funnels;

/// <summary>One event of one unit.</summary>
/// <param name="Name">Its name, which decides the steps it can take.</param>
/// <param name="Micros">Its time in microseconds since the epoch; 0 for all events of a table without times.</param>
public readonly record struct FunnelEvent(string Name, long Micros);
