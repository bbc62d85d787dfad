namespace Sluice.Core.Funnels.Questions;

/// <summary>What became of an event of a unit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Micros">Its time in microseconds; null where it has none.</param>
/// <param name="Details">What else its row says, as <c>sku=k1, amount=5</c>: what tells it from another of its name and time.</param>
/// <param name="Use">What became of it.</param>
/// <param name="Rule">The rule that decided it.</param>
public sealed record WitnessedEvent(string Name, long? Micros, string Details, EventUse Use, string Rule);
