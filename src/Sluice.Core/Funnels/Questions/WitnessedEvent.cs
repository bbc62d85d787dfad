namespace Sluice.Core.Funnels.Questions;

/// <summary>What became of an event of a unit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Micros">Its time in microseconds; null where it has none.</param>
/// <param name="Use">What became of it.</param>
/// <param name="Rule">The rule that decided it.</param>
public sealed record WitnessedEvent(string Name, long? Micros, EventUse Use, string Rule);
