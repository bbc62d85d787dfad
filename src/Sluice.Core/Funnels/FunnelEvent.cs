namespace Sluice.Core.Funnels;

/// <summary>One event of one unit.</summary>
/// <param name="Name">Its name, which decides the steps it can take.</param>
/// <param name="Micros">Its time in microseconds since the epoch; <see cref="NoTime"/> where it has none.</param>
public readonly record struct FunnelEvent(string Name, long Micros)
{
    /// <summary>Stands for the time of an event that has none: before every time there is.</summary>
    public const long NoTime = long.MinValue;
}
