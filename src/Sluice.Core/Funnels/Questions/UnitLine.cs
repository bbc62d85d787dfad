namespace Sluice.Core.Funnels.Questions;

/// <summary>An attempt of a unit that counts, in a list of people.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="StepMicros">Time of each step in microseconds; null where it was not taken or has no time.</param>
/// <param name="Took">Whether each step was taken.</param>
public sealed record UnitLine(string Unit, IReadOnlyList<long?> StepMicros, IReadOnlyList<bool> Took);
